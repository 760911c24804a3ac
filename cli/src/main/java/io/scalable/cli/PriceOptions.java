package io.scalable.cli;

import io.scalable.client.DeploymentPrices;
import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.client.UnpricedException;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.cost.PriceListException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where prices come from: the option of every command that plans or publishes. */
final class PriceOptions {

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description =
                    "A price list instead of the built-in one, see docs/prices.md (default: what"
                            + " SCALABLE_PRICES names).")
    @Nullable Path file;

    /** The list that was asked for. */
    DeploymentPrices prices() {
        return told(() -> DeploymentPrices.of(file, System.getenv()));
    }

    /** The deployment with prices, where its target has any. */
    PricedDeployment price(DeploymentSpec spec) {
        DeploymentPrices prices = prices();
        return told(() -> prices.price(spec));
    }

    /** What is wrong with prices is the user's to mend. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (PriceListException | UnpricedException e) {
            throw new UserException(String.valueOf(e.getMessage()));
        }
    }
}
