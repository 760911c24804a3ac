package energy;

/**
 * One forecast to make.
 *
 * @param source the source's name as the data have it, such as {@code Renewables}
 * @param model one of {@link energy.model.Model#NAMES}
 * @param scenario which of the possible futures, 0 or more
 */
public record Scenario(String source, String model, int scenario) {

    /** Equal for equal scenarios, on every machine; differs between models and sources. */
    long seed() {
        return 31L * (31L * source.hashCode() + model.hashCode()) + scenario;
    }
}
