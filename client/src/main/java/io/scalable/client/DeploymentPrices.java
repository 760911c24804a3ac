package io.scalable.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.planning.estimate.Economics;
import io.scalable.provider.cost.PriceList;
import io.scalable.provider.cost.PriceListException;
import io.scalable.provider.cost.Prices;
import io.scalable.provider.cost.WorkerPrices;
import io.scalable.provider.cost.WorkerPrices.Priced;
import io.scalable.provider.cost.WorkerPrices.Unpriced;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts prices, and the target's bounds in money, into deployments before they are planned and
 * published.
 *
 * @param list where targets have no price of their own
 */
public record DeploymentPrices(PriceList list) {

    /** The environment variable that names a price list. */
    public static final String VARIABLE = "SCALABLE_PRICES";

    /**
     * A deployment with its prices.
     *
     * @param prices by line items
     * @param warnings what a person should know
     */
    public record PricedDeployment(
            DeploymentSpec deployment, WorkerPrices prices, List<String> warnings) {
        public PricedDeployment {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The list in {@code file}, else that which the environment names, else the built-in one.
     *
     * @throws PriceListException if it cannot be read or is wrong; the message says where
     */
    public static DeploymentPrices of(@Nullable Path file, Map<String, String> env) {
        String named = env.getOrDefault(VARIABLE, "");
        if (file == null && named.isBlank()) {
            return new DeploymentPrices(PriceList.builtIn());
        }
        return new DeploymentPrices(PriceList.read(file == null ? Path.of(named) : file));
    }

    /**
     * Prices a deployment; one whose workers have no price stays as it is.
     *
     * @throws UnpricedException if its target bounds what may be spent and its workers have no
     *     price; the message says how to give one
     */
    public PricedDeployment price(DeploymentSpec spec) {
        TargetSpec target = spec.target();
        Double maxPerHour = amount(target, "max_cost_per_hour");
        Double budget = amount(target, "budget");
        WorkerPrices prices = Prices.of(spec, list);
        return switch (prices) {
            case Unpriced unpriced -> {
                if (maxPerHour != null || budget != null) {
                    throw new UnpricedException(
                            "targets.%s.%s cannot be kept, for its workers have no price: %s"
                                    .formatted(
                                            target.name(),
                                            budget == null ? "max_cost_per_hour" : "budget",
                                            unpriced.reason()));
                }
                List<String> warnings =
                        unpriced.paid()
                                ? List.of("what it costs is not known: " + unpriced.reason())
                                : List.of();
                yield new PricedDeployment(spec, prices, warnings);
            }
            case Priced priced -> {
                double start = Economics.of(target.provider()).billedStartSeconds();
                Pricing pricing = priced.pricing(start, maxPerHour, budget);
                yield new PricedDeployment(
                        spec.withPricing(pricing), prices, warnings(spec, priced, pricing));
            }
        };
    }

    private static @Nullable Double amount(TargetSpec target, String key) {
        JsonNode value = target.options().get(key);
        return value == null || !value.isNumber() ? null : (Double) value.asDouble();
    }

    private static List<String> warnings(DeploymentSpec spec, Priced priced, Pricing pricing) {
        var warnings = new ArrayList<String>();
        if (priced.old()) {
            warnings.add(
                    "the prices are of %s (%s), more than %d days ago; check them, and give newer"
                                    .formatted(priced.asOf(), priced.source(), PriceList.OLD_DAYS)
                            + " ones with --prices FILE or "
                            + VARIABLE);
        }
        Double most = pricing.maxPerHour();
        if (most == null) {
            return warnings;
        }
        double minimum = 0;
        for (ComponentSpec component : spec.components()) {
            double price = pricing.perHour(component.name());
            minimum += component.bounds().minimum() * price;
            if (price > most) {
                warnings.add(
                        "targets.%s.max_cost_per_hour: %s an hour pay for no worker of %s, which"
                                        .formatted(
                                                spec.target().name(),
                                                new Amount(most, pricing.currency()),
                                                component.name())
                                + " costs %s; its tasks would wait for ever"
                                        .formatted(new Amount(price, pricing.currency())));
            }
        }
        if (minimum > most) {
            warnings.add(
                    "targets.%s.max_cost_per_hour: the minimum workers cost %s an hour, more than the"
                                    .formatted(
                                            spec.target().name(),
                                            new Amount(minimum, pricing.currency()))
                            + " %s that they may; fewer are launched"
                                    .formatted(new Amount(most, pricing.currency())));
        }
        return warnings;
    }
}
