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
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How near a plan's price comes to that of the run: energy-forecast on Fargate, simulated with many
 * seeds. Each ratio is the estimate (p50) in parts of the price.
 */
class EstimateAccuracyTest {

    private static final Path MANIFEST = Path.of("../examples/energy-forecast/scalable.yaml");
    private static final int SEEDS = 40;

    /** As it is tasks take milliseconds; models that take longer are more like real ones. */
    @ParameterizedTest
    @CsvSource({"30ms", "30s", "5m"})
    void aPlansPriceIsThatOfTheRunWithinAFifth(String expect, TestReporter reporter)
            throws IOException {
        double[] ratios = ratios(manifest(expect));

        double middle = ratios[SEEDS / 2];
        reporter.publishEntry(
                "estimate in parts of the price, tasks of " + expect,
                "median %.2f, from %.2f to %.2f".formatted(middle, ratios[2], ratios[SEEDS - 3]));
        assertThat(middle).isBetween(0.8, 1.25);
    }

    @Test
    void theDearestOfTwentyRunsStaysBelowTheUpperEstimate() throws IOException {
        ResolvedManifest manifest = manifest("30s");

        long dearer =
                LongStream.range(0, SEEDS)
                        .mapToObj(seed -> price(manifest, seed))
                        .filter(price -> price.amount() > price.p95())
                        .count();

        assertThat(dearer).isLessThanOrEqualTo(SEEDS / 10);
    }

    private static double[] ratios(ResolvedManifest manifest) {
        return LongStream.range(0, SEEDS)
                .mapToDouble(seed -> price(manifest, seed).ratio())
                .sorted()
                .toArray();
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
                        .replace("expect: 30ms", "expect: " + expect)
                        .replace("timeout: 60s\n\n", "expect: " + expect + "\n\n");
        return Manifests.parse(yaml, "energy", MANIFEST.getParent(), Map.of())
                .resolve("aws", null, Map.of());
    }
}
