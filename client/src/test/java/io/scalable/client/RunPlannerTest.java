package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.planning.CapacityPlan;
import io.scalable.planning.estimate.DurationEstimate.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of sessions: what they say, and what they warn of. */
class RunPlannerTest {

    private static final String MANIFEST =
            """
            version: 1
            components:
              gcam: {cpus: 2, memory: 4G}
              post: {cpus: 1, memory: 1G}
            targets:
              there: {provider: %s, %s}
            tasks:
              simulate: {component: gcam, foreach: {range: [0, 200]}, expect: 60s}
              draw: {component: post, needs: [simulate], expect: 10s}
            """;

    @TempDir Path folder;

    @Test
    void aPlanIsTheWholeReport() throws IOException {
        RunPlan plan = session("local", "max_workers: 4").plan(PlanOptions.objective("balance"));
        CapacityPlan report = plan.report();

        assertThat(plan.scalePlan().get("gcam").count()).isEqualTo(report.workers().get("gcam"));
        assertThat(report.completion().p95()).isGreaterThan(report.completion().p50());
        assertThat(report.pareto()).isNotEmpty();
        assertThat(report.durations().get("simulate").source()).isEqualTo(Source.EXPECT);
        assertThat(plan.first().desired("post")).as("its tasks wait").isZero();
        JsonNode json = Json.mapper().readTree(plan.toJson());
        assertThat(json.at("/reasons/gcam").asText()).isEqualTo(report.reasons().get("gcam"));
        assertThat(json.at("/binding_constraints/post").asText()).isEqualTo("tasks");
        assertThat(json.at("/cost").has("currency")).isTrue();
        assertThat(json.at("/warnings").isEmpty()).isTrue();
    }

    @Test
    void countsAndDurationsCanBeOthers() throws IOException {
        try (var session = session("local", "max_workers: 4")) {
            PlanOptions more =
                    PlanOptions.defaults()
                            .withTasks("gcam", 2)
                            .withExpect("simulate", Duration.ofSeconds(90));

            CapacityPlan report = session.plan(more).report();

            assertThat(report.workers().get("gcam")).isLessThanOrEqualTo(2);
            assertThat(report.durations().get("simulate").p50()).isEqualTo(90);
            assertThatThrownBy(() -> session.plan(more.withTasks("simulat", 3)))
                    .isInstanceOf(NoSuchTaskException.class)
                    .hasMessageContaining("'simulat'; nearest: simulate");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slurm | queue: q, account: a | 64 gcam, 64 post",
                "kubernetes | adaptive: {maximum: {gcam: 8}} | 64 post",
                "aws | adaptive: {minimum: 2} | 64 gcam, 64 post",
                "gcp | adaptive: {minimum: {gcam: 70}} | 70 gcam, 64 post"
            })
    void aPaidOrSharedTargetWithoutMaximumIsWarnedOf(String provider, String options, String limits)
            throws IOException {
        CapacityPlan report = session(provider, options).plan(PlanOptions.defaults()).report();

        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("target there is paid for or shared and sets no maximum")
                .contains("at most " + limits + " workers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slurm | queue: q, account: a, max_workers: 9",
                "aws | adaptive: {maximum: 20}",
                "gcp | adaptive: {maximum: {gcam: 8, post: 2}}",
                "local | threads_per_worker: 2"
            })
    void aTargetWithAMaximumIsNot(String provider, String options) throws IOException {
        assertThat(session(provider, options).plan(PlanOptions.defaults()).report().warnings())
                .isEmpty();
    }

    @Test
    void noMoreThanTheDefaultIsPlanned() throws IOException {
        CapacityPlan report =
                session("aws", "region: x").plan(PlanOptions.objective("minimize time")).report();

        assertThat(report.workers()).containsEntry("gcam", 64);
        assertThat(report.bindingConstraints()).containsEntry("gcam", "maximum");
        assertThat(report.defaultMaximum().workers()).containsEntry("gcam", 64);
    }

    private ScalableSession session(String provider, String options) throws IOException {
        Path file = folder.resolve("scalable.yaml");
        Files.writeString(file, MANIFEST.formatted(provider, options));
        return ScalableSession.fromYaml(
                file, "there", SessionOptions.defaults().withRuns(folder.resolve("runs")));
    }
}
