package io.scalable.contracts.deployment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment's workers cost, by the price list of the day it was published, and how much may
 * be spent.
 *
 * @param currency the currency's code, such as {@code USD}
 * @param asOf the day of the price list, {@code YYYY-MM-DD}
 * @param perHour the price of one worker for an hour, by component, 0 or more
 * @param minimumSeconds the least that is paid for a worker that started, 0 or more
 * @param startSeconds how much of the time from a worker's request until it runs is paid for at
 *     most, such as the pulling of its image, 0 or more
 * @param maxPerHour the most that all workers together may cost in an hour; null for no limit
 * @param budget the most that the deployment may cost in all; null for no limit
 */
public record Pricing(
        String currency,
        String asOf,
        Map<String, Double> perHour,
        double minimumSeconds,
        double startSeconds,
        @Nullable Double maxPerHour,
        @Nullable Double budget) {
    public Pricing {
        perHour = Collections.unmodifiableMap(new LinkedHashMap<>(perHour));
    }

    /**
     * The price of a worker of {@code component} for an hour. One of a component that is not in the
     * list, as after a change of the deployment, is taken for the dearest: a bound must not be
     * passed because a price is not known.
     */
    public double perHour(String component) {
        Double price = perHour.get(component);
        return price == null ? dearest() : price;
    }

    private double dearest() {
        return perHour.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /**
     * What one worker of {@code component} costs that is paid for {@code seconds}: by the second,
     * the minimum at least.
     */
    public double cost(String component, double seconds) {
        return perHour(component) / 3600 * Math.max(minimumSeconds, Math.ceil(seconds - 1e-9));
    }
}
