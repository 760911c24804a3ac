package io.scalable.manifest;

import io.scalable.contracts.deployment.Bounds;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target's {@code adaptive}: how many workers a pool may have.
 *
 * @param minimum per component; a component that is not there has none
 * @param maximum per component; a component that is not there has the target's default
 */
record Adaptive(Map<String, Integer> minimum, Map<String, Integer> maximum) {

    private static final Code CODE = Code.E_BAD_ADAPTIVE;

    /** The pool's limits where {@code most} is the target's own limit. */
    Bounds bounds(String component, int most) {
        int least = minimum.getOrDefault(component, 0);
        return new Bounds(least, maximum.getOrDefault(component, Math.max(most, least)));
    }

    /**
     * @param most the most workers that the target can have at all; null if it has no such limit
     */
    static Adaptive read(Section section, Set<String> components, @Nullable Integer most) {
        Map<String, Integer> minimum = counts(section.given("minimum"), 0, components);
        Map<String, Integer> maximum = counts(section.given("maximum"), 1, components);
        checkThresholds(
                share(section.given("scale_up_threshold")), section.given("scale_down_threshold"));
        notNegative(section.given("cooldown_seconds"));
        for (Field unknown : section.unknown()) {
            section.self()
                    .problems()
                    .add(
                            Code.W_UNKNOWN_ADAPTIVE_OPTION,
                            unknown.path(),
                            unknown.keyAt(),
                            section.tellUnknown("option of adaptive", unknown));
        }
        Field least = section.given("minimum");
        if (least != null) {
            checkOrder(least, minimum, maximum, most);
            checkSum(least, minimum, most);
        }
        Field highest = section.given("maximum");
        if (highest != null && most != null) {
            checkReach(highest, maximum, most);
        }
        return new Adaptive(minimum, maximum);
    }

    /** Minima that the target cannot hold all at once. */
    private static void checkSum(
            Field field, Map<String, Integer> minimum, @Nullable Integer most) {
        long sum = minimum.values().stream().mapToLong(Integer::longValue).sum();
        if (most != null && sum > most) {
            field.problems()
                    .add(
                            Code.W_MINIMA_OUT_OF_REACH,
                            field.path(),
                            field.value().at(),
                            "the pools' minima are "
                                    + sum
                                    + " workers together, above max_workers "
                                    + most
                                    + ", which counts");
        }
    }

    /** A maximum that no pool can reach is likely another number than was meant. */
    private static void checkReach(Field field, Map<String, Integer> maximum, int most) {
        maximum.values().stream()
                .filter(count -> count > most)
                .findFirst()
                .ifPresent(
                        count ->
                                field.problems()
                                        .add(
                                                Code.W_MAXIMUM_OUT_OF_REACH,
                                                field.path(),
                                                field.value().at(),
                                                "maximum "
                                                        + count
                                                        + " is above max_workers "
                                                        + most
                                                        + ", which counts"));
    }

    private static void checkThresholds(@Nullable BigDecimal up, @Nullable Field downField) {
        BigDecimal down = share(downField);
        if (up != null && down != null && downField != null && up.compareTo(down) < 0) {
            downField.error(
                    CODE,
                    "scale_down_threshold "
                            + down
                            + " is above scale_up_threshold "
                            + up
                            + ": workers would be added and removed at once");
        }
    }

    private static Map<String, Integer> counts(
            @Nullable Field field, int least, Set<String> components) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (field == null) {
            return counts;
        }
        if (!(field.value() instanceof Yaml.Fields)) {
            Integer count = count(field, least);
            components.forEach(name -> counts.put(name, count == null ? least : count));
            return counts;
        }
        for (Field entry : field.section().entries()) {
            if (!components.contains(entry.name())) {
                entry.keyError(
                        Code.E_UNKNOWN_COMPONENT,
                        "unknown component '"
                                + entry.name()
                                + "'"
                                + Nearest.hint(entry.name(), components));
            }
            Integer count = count(entry, least);
            counts.put(entry.name(), count == null ? least : count);
        }
        return counts;
    }

    private static @Nullable Integer count(Field field, int least) {
        return field.integer(
                least, CODE, "a whole number of workers, " + least + " or more, or a map of them");
    }

    private static void checkOrder(
            Field field,
            Map<String, Integer> minimum,
            Map<String, Integer> maximum,
            @Nullable Integer most) {
        for (var entry : minimum.entrySet()) {
            Integer limit = maximum.get(entry.getKey());
            boolean aboveMaximum = limit != null && entry.getValue() > limit;
            if (aboveMaximum || most != null && entry.getValue() > most) {
                String above = aboveMaximum ? "maximum " + limit : "max_workers " + most;
                field.error(CODE, "minimum " + entry.getValue() + " is above " + above);
                minimum.put(entry.getKey(), 0);
                return;
            }
        }
    }

    /** Null if it is missing, and after a problem. */
    private static @Nullable BigDecimal share(@Nullable Field field) {
        BigDecimal number = field == null ? null : field.number();
        if (number != null && number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0) {
            return number;
        }
        if (field != null) {
            field.wrong(CODE, "a number from 0 to 1");
        }
        return null;
    }

    private static void notNegative(@Nullable Field field) {
        BigDecimal number = field == null ? null : field.number();
        if (field != null && (number == null || number.signum() < 0)) {
            field.wrong(CODE, "seconds, 0 or more");
        }
    }
}
