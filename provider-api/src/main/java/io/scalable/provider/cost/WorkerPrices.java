package io.scalable.provider.cost;

import io.scalable.contracts.deployment.Pricing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the workers of a deployment cost, or why that is not known. */
public sealed interface WorkerPrices {

    /**
     * All of them have a price.
     *
     * @param workers by component, in manifest order
     * @param currency the currency's code
     * @param asOf the day of the prices, {@code YYYY-MM-DD}
     * @param source the list's origin, or the target that names them
     * @param minimumSeconds the least that is paid for a worker
     * @param old true if the list is so old that it should be checked
     */
    record Priced(
            Map<String, WorkerPrice> workers,
            String currency,
            String asOf,
            String source,
            double minimumSeconds,
            boolean old)
            implements WorkerPrices {
        public Priced {
            workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
        }

        /**
         * The same as it stands in a deployment.
         *
         * @param startSeconds see {@link Pricing#startSeconds}
         */
        public Pricing pricing(
                double startSeconds, @Nullable Double maxPerHour, @Nullable Double budget) {
            var perHour = new LinkedHashMap<String, Double>();
            workers.forEach((component, price) -> perHour.put(component, price.perHour()));
            return new Pricing(
                    currency, asOf, perHour, minimumSeconds, startSeconds, maxPerHour, budget);
        }
    }

    /**
     * Not known.
     *
     * @param reason why, and how to give prices, for people
     * @param paid true if the target costs money all the same
     */
    record Unpriced(String reason, boolean paid) implements WorkerPrices {}
}
