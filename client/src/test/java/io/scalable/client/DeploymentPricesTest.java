package io.scalable.client;

import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.client.DeploymentPrices.PricedDeployment;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.provider.cost.PriceList;
import io.scalable.provider.cost.PriceListException;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentPricesTest {

    private static final String LIST =
            """
            {"as_of": "2026-02-01", "currency": "USD",
             "aws": {"east": {"fargate": {"vcpu_hour": 0.04, "gib_hour": 0.005}}}}
            """;

    private final DeploymentPrices prices = new DeploymentPrices(PriceList.of("mine", LIST));

    @Test
    void aDeploymentGetsPricesAndItsTargetsBounds() {
        PricedDeployment priced = prices.price(aws().option("budget", new DoubleNode(5)).build());

        Pricing pricing = priced.deployment().pricing();
        assertThat(pricing.perHour("fit")).isCloseTo(0.04 + 2 * 0.005, within(1e-9));
        assertThat(pricing.budget()).isEqualTo(5);
        assertThat(pricing.maxPerHour()).isNull();
        assertThat(pricing.minimumSeconds()).isEqualTo(60);
        assertThat(pricing.startSeconds()).isEqualTo(42);
        assertThat(priced.warnings()).isEmpty();
    }

    @Test
    void aBoundInMoneyNeedsPrices() {
        DeploymentSpec spec =
                aDeployment().pool("fit", 4).option("max_cost_per_hour", new DoubleNode(1)).build();

        assertThatThrownBy(() -> prices.price(spec))
                .isInstanceOf(UnpricedException.class)
                .hasMessageContaining("targets.here.max_cost_per_hour cannot be kept")
                .hasMessageContaining("give targets.here.price: {per_core_hour: ...");
    }

    @Test
    void whatHasNoPriceStaysAsItIs() {
        DeploymentSpec local = aDeployment().pool("fit", 4).build();
        assertThat(prices.price(local).deployment()).isEqualTo(local);
        assertThat(prices.price(local).warnings()).isEmpty();

        DeploymentSpec elsewhere =
                aDeployment()
                        .pool("fit", 4)
                        .provider("aws")
                        .option("region", new TextNode("west"))
                        .build();
        assertThat(prices.price(elsewhere).warnings())
                .singleElement()
                .asString()
                .contains("what it costs is not known: mine has no price of fargate in west");
    }

    @Test
    void anOldListAndABoundBelowOneWorkerAreToldBefore() {
        var old = new DeploymentPrices(PriceList.of("mine", LIST.replace("2026-02", "2025-02")));
        DeploymentSpec spec = aws().option("max_cost_per_hour", new DoubleNode(0.01)).build();

        assertThat(old.price(spec).warnings())
                .satisfiesExactly(
                        age -> assertThat(age).contains("of 2025-02-01 (mine), more than 180 days"),
                        dear -> assertThat(dear).contains("pay for no worker of fit"));
    }

    @Test
    void theOptionGoesBeforeTheEnvironmentAndThatBeforeTheBuiltInList(@TempDir Path folder)
            throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.json"), LIST);
        Path other = folder.resolve("other.json");
        Map<String, String> env = Map.of(DeploymentPrices.VARIABLE, mine.toString());

        assertThat(DeploymentPrices.of(null, env).list().origin()).isEqualTo(mine.toString());
        assertThat(DeploymentPrices.of(mine, Map.of()).list().asOf()).hasToString("2026-02-01");
        assertThat(DeploymentPrices.of(null, Map.of()).list().origin())
                .isEqualTo("the built-in price list");
        assertThatThrownBy(() -> DeploymentPrices.of(other, env))
                .isInstanceOf(PriceListException.class)
                .hasMessageContaining("other.json");
    }

    private static ADeployment aws() {
        return aDeployment().pool("fit", 4).provider("aws").option("region", new TextNode("east"));
    }
}
