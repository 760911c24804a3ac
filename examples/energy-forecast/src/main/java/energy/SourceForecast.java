package energy;

import energy.data.Band;
import java.util.List;

/**
 * The forecast of one source.
 *
 * @param source the source's name
 * @param scenarios how many paths it is made of
 * @param weights the models, those that count most first
 * @param bands the quantiles by year, GWh
 */
public record SourceForecast(
        String source, int scenarios, List<ModelWeight> weights, List<Band> bands) {
    public SourceForecast {
        weights = List.copyOf(weights);
        bands = List.copyOf(bands);
    }
}
