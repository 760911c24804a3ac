package io.scalable.provider.cost;

import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.Deployments;
import io.scalable.provider.cost.WorkerPrices.Priced;
import io.scalable.provider.cost.WorkerPrices.Unpriced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {

    private static final PriceList LIST =
            PriceList.of(
                    "the list",
                    """
                    {"as_of": "2026-01-31", "currency": "USD",
                     "machines": {"big": {"vcpus": 4, "memory_gib": 8}},
                     "aws": {"east": {"fargate": {"vcpu_hour": 0.04, "gib_hour": 0.005},
                                      "fargate_spot": {"vcpu_hour": 0.01, "gib_hour": 0.001},
                                      "ec2": {"big": 1}}},
                     "gcp": {"mid": {"gke_autopilot": {"vcpu_hour": 0.05, "gib_hour": 0},
                                     "gke": {"big": 2},
                                     "cloudrun": {"vcpu_second": 0.001, "gib_second": 0}}}}
                    """);

    @Test
    void aFargateWorkerIsPricedByItsLegalSizeWithAMinuteAtLeast() {
        Priced priced = priced("aws", "{region: 'east', worker_cpu: 1024, worker_mem: 2500}");

        WorkerPrice worker = priced.workers().get("a");
        assertThat(worker.offer()).isEqualTo("Fargate east");
        assertThat(worker.items())
                .containsExactly(new PriceItem("vCPU", 1, 0.04), new PriceItem("GiB", 3, 0.005));
        assertThat(worker.perHour()).isCloseTo(0.055, within(1e-9));
        assertThat(priced.minimumSeconds()).isEqualTo(60);
        assertThat(priced.asOf()).isEqualTo("2026-01-31");
        assertThat(priced.old()).isFalse();
    }

    @Test
    void spotHasItsOwnPrice() {
        assertThat(
                        perHour(
                                "aws",
                                "{region: 'east', spot: true, worker_cpu: 1024, worker_mem: 2048}"))
                .isCloseTo(0.012, within(1e-9));
    }

    @Test
    void aWorkersShareOfAMachineIsTheLargerOfItsShares() {
        String ec2 = "{region: 'east', cluster_type: 'ec2', instance_type: 'big', ";

        assertThat(perHour("aws", ec2 + "worker_cpu: 1024, worker_mem: 1024}")).isEqualTo(0.25);
        assertThat(perHour("aws", ec2 + "worker_cpu: 1024, worker_mem: 4096}")).isEqualTo(0.5);
        assertThat(reason("aws", ec2 + "worker_cpu: 8192}"))
                .contains("components.a asks for more than a big has");
    }

    @Test
    void gcpIsPricedByAutopilotNodesOrSeconds() {
        assertThat(perHour("gcp", "{zone: 'mid-a', worker_cpu: 2}")).isEqualTo(0.1);
        assertThat(perHour("gcp", "{region: 'mid', machine_type: 'big', worker_cpu: 2}"))
                .isEqualTo(1);
        assertThat(perHour("gcp", "{region: 'mid', cluster_type: 'cloudrun', worker_cpu: 1}"))
                .isCloseTo(3.6, within(1e-9));
    }

    @Test
    void theTargetsOwnPriceGoesFirst() {
        Priced priced =
                priced(
                        "slurm",
                        "{worker_mem: 2048, price: {per_core_hour: 0.5, per_gb_hour: 0.25,"
                                + " currency: 'EUR'}}");

        assertThat(priced.workers().get("a").perHour()).isEqualTo(1);
        assertThat(priced.currency()).isEqualTo("EUR");
        assertThat(priced.asOf()).isEqualTo("2026-03-01");
    }

    @Test
    void whatHasNoPriceSaysHowToGiveOne() {
        assertThat(reason("local", "{}"))
                .contains("no list has prices of provider 'local'")
                .contains("targets.here.price: {per_core_hour: ..., per_gb_hour: ...}");
        assertThat(reason("aws", "{}")).contains("targets.here.region is needed for a price");
        assertThat(reason("aws", "{region: 'west'}"))
                .contains("the list has no price of fargate in west")
                .contains("--prices");
        assertThat(reason("aws", "{region: 'east', cluster_type: 'ec2'}"))
                .contains("targets.here.instance_type is needed");
        assertThat(reason("aws", "{region: 'east', worker_cpu: 20480}"))
                .contains("components.a asks for more than Fargate's largest size");
    }

    @Test
    void aPlanCostsCoreHoursAndMoneyWhereThereArePrices() {
        DeploymentSpec spec = deployment("local", "{}");
        ScalePlan plan = Deployments.plan("d", 1, Map.of("a", 2));
        assertThat(CostEstimates.of(spec, plan)).as("unknown duration").isEmpty();

        ScalePlan timed = timed(plan, null);
        assertThat(CostEstimates.of(spec, timed)).contains(new CostEstimate(1, null, null));

        var pricing = new Pricing("USD", "2026-01-31", Map.of("a", 3.0), 0, 0, null, null);
        DeploymentSpec priced = spec.withPricing(pricing);
        assertThat(CostEstimates.of(priced, timed)).contains(new CostEstimate(1, 3.0, "USD"));
        assertThat(CostEstimates.of(priced, timed(plan, 2.5)))
                .as("what the planner predicts goes first")
                .contains(new CostEstimate(1, 2.5, "USD"));
    }

    private static ScalePlan timed(ScalePlan plan, Double cost) {
        return new ScalePlan(
                plan.deploymentId(),
                1,
                plan.pools(),
                1,
                1800.0,
                cost,
                cost == null ? null : "USD",
                plan.at());
    }

    private static double perHour(String provider, String options) {
        return priced(provider, options).workers().get("a").perHour();
    }

    private static Priced priced(String provider, String options) {
        return (Priced) Prices.of(deployment(provider, options), LIST);
    }

    private static String reason(String provider, String options) {
        return ((Unpriced) Prices.of(deployment(provider, options), LIST)).reason();
    }

    /** One pool of one core and a gigabyte. */
    private static DeploymentSpec deployment(String provider, String options) {
        var deployment = aDeployment().pool("a", 4).provider(provider);
        for (Map.Entry<String, JsonNode> option : json(options).properties()) {
            deployment.option(option.getKey(), option.getValue());
        }
        return deployment.build();
    }

    private static JsonNode json(String options) {
        String json = options.replaceAll("(\\w+):", "\"$1\":").replace('\'', '"');
        try {
            return options.isEmpty()
                    ? JsonNodeFactory.instance.objectNode()
                    : Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
