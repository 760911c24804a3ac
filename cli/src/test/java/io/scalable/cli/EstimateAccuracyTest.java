package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.simulation.PlannedScaler;
import io.scalable.planning.simulation.ProviderModel;
import io.scalable.planning.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * How near a plan's price comes to that of the run: energy-forecast on Fargate, simulated with some
 * seeds. Each ratio is the estimate (p50) in parts of the price.
 */
class EstimateAccuracyTest {

    private static final Path MANIFEST = Path.of("../examples/energy-forecast/scalable.yaml");
    private static final int SEEDS = 8;

    /** Models that take half a minute are more like real ones; 60 of them play in a second. */
    @Test
    void aPlansPriceIsThatOfTheRunWithinAFifth(TestReporter reporter) throws IOException {
        ResolvedManifest manifest = manifest("30s");
        List<SimulatedPrice> prices =
                LongStream.range(0, SEEDS).mapToObj(seed -> price(manifest, seed)).toList();

        double[] ratios = prices.stream().mapToDouble(SimulatedPrice::ratio).sorted().toArray();
        double middle = (ratios[SEEDS / 2 - 1] + ratios[SEEDS / 2]) / 2;
        reporter.publishEntry("estimate in parts of the price, median", "%.2f".formatted(middle));
        assertThat(middle).isBetween(0.8, 1.25);
        assertThat(prices).filteredOn(p -> p.amount() > p.p95()).hasSizeLessThanOrEqualTo(1);
    }

    private static SimulatedPrice price(ResolvedManifest manifest, long seed) {
        SimulatedWorkload workload =
                SimulatedWorkload.ofManifest(manifest, null, null, new PriceOptions(), seed);
        DeploymentSpec own = workload.own();
        DeploymentSpec told =
                workload.deployment(ProviderModel.FARGATE, own.objective(), own.policy());
        var scaler = PlannedScaler.of(told, ProviderModel.FARGATE.economics(), true);
        var simulation = new Simulation(workload.trace(), ProviderModel.FARGATE, scaler, 2, seed);
        return SimulatedPrice.of(told, simulation.run());
    }

    /** Prices of the list are taken, whatever the environment names. */
    private static ResolvedManifest manifest(String expect) throws IOException {
        String yaml =
                Files.readString(MANIFEST)
                        .replace(
                                "targets:\n",
                                "targets:\n  aws: {provider: aws, region: us-east-1,"
                                        + " max_workers: 16}\n")
                        .replaceAll("classpath: .*", "")
                        .replace("range: [0, 30]", "range: [0, 4]")
                        .replace("expect: 30ms", "expect: " + expect)
                        .replace("timeout: 60s\n\n", "expect: " + expect + "\n\n");
        return Manifests.parse(yaml, "energy", MANIFEST.getParent(), Map.of())
                .resolve("aws", null, Map.of());
    }
}
