package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.resolve;
import static io.scalable.manifest.ManifestTester.submissions;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.deployment.Bounds;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentTest {

    private static final Path FOLDER = Path.of("work").toAbsolutePath();

    private static String target(String options) {
        return "version: 1\ntargets: {t: {" + options + "}}\ncomponents: {a: {}, b: {}}\n";
    }

    private static List<Bounds> bounds(String options) {
        return deployment(target(options)).components().stream()
                .map(ComponentSpec::bounds)
                .toList();
    }

    @Test
    void theSmallestManifestHasDefaults() {
        DeploymentSpec spec = deployment(target("provider: local"));

        assertThat(spec.project()).isEqualTo("work");
        assertThat(spec.directory()).isEqualTo(FOLDER.toString());
        assertThat(spec.target().maxWorkers()).isEqualTo(1);
        assertThat(spec.assignmentPartitions()).isEqualTo(1);
        assertThat(spec.objective()).isEqualTo(Objective.BALANCE);
        assertThat(spec.policy()).isEqualTo(Policy.SAFE);
        assertThat(spec.deadlineSeconds()).isNull();
        assertThat(spec.initialPlan()).isNull();
        assertThat(spec.components().getFirst())
                .isEqualTo(
                        new ComponentSpec(
                                "a",
                                null,
                                null,
                                1,
                                1_000_000_000,
                                1,
                                new Bounds(0, 1),
                                null,
                                List.of(),
                                Map.of(),
                                Map.of(),
                                List.of(),
                                null));
    }

    @Test
    void aComponentCarriesAllThatIsWritten() {
        ComponentSpec component =
                deployment(
                                """
                                version: 1
                                targets: {t: {provider: local, threads_per_worker: 2, max_workers: 8}}
                                components:
                                  fit:
                                    image: ghcr.io/lab/fit:2.0
                                    runtime: apptainer
                                    cpus: 1.5
                                    memory: 20GiB
                                    workers: 3
                                    tags: [heavy]
                                    env: {THREADS: 4}
                                    mounts: {/scratch: /data}
                                    classpath: [lib/fit.jar, /opt/x.jar]
                                    preload_script: module load gcc
                                """)
                        .components()
                        .getFirst();

        assertThat(component)
                .isEqualTo(
                        new ComponentSpec(
                                "fit",
                                "ghcr.io/lab/fit:2.0",
                                "apptainer",
                                1.5,
                                21_474_836_480L,
                                2,
                                new Bounds(0, 8),
                                3,
                                List.of("heavy"),
                                Map.of("THREADS", "4"),
                                Map.of("/scratch", "/data"),
                                List.of(FOLDER.resolve("lib/fit.jar").toString(), "/opt/x.jar"),
                                "module load gcc"));
    }

    @Test
    void boundsComeFromAdaptiveElseFromTheTarget() {
        assertThat(bounds("provider: local, max_workers: 4")).containsOnly(new Bounds(0, 4));
        assertThat(bounds("provider: slurm")).containsOnly(new Bounds(0, 64));
        assertThat(bounds("provider: slurm, max_workers: 10")).containsOnly(new Bounds(0, 10));
        assertThat(bounds("provider: aws, adaptive: {minimum: 2, maximum: 20}"))
                .containsOnly(new Bounds(2, 20));
        assertThat(bounds("provider: aws, adaptive: {minimum: 100}"))
                .containsOnly(new Bounds(100, 100));
        assertThat(bounds("provider: aws, adaptive: {minimum: {a: 2}, maximum: {b: 9}}"))
                .containsExactly(new Bounds(2, 64), new Bounds(0, 9));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "64, 64", "200, 64"})
    void localDeploymentsHaveAPartitionPerWorker(int workers, int partitions) {
        assertThat(
                        deployment(target("provider: local, max_workers: " + workers))
                                .assignmentPartitions())
                .isEqualTo(partitions);
    }

    @Test
    void otherProvidersHaveNoLimitOfWorkersUnlessGiven() {
        DeploymentSpec spec = deployment(target("provider: kubernetes, namespace: lab"));

        assertThat(spec.target().maxWorkers()).isNull();
        assertThat(spec.assignmentPartitions()).isEqualTo(32);
    }

    @Test
    void providersGetTheirOptionsAsWritten() {
        DeploymentSpec spec =
                deployment(
                        target(
                                "provider: slurm, queue: batch, walltime: 1-00:00:00, extra: [a,"
                                        + " {b: 1}]"));

        assertThat(spec.target().options())
                .hasToString("{queue=\"batch\", walltime=\"1-00:00:00\", extra=[\"a\",{\"b\":1}]}");
        assertThat(spec.deadlineSeconds()).isEqualTo(86_400);
    }

    @Test
    void localFlagsAreReadFromTheOptions() {
        var target =
                deployment(target("provider: local, processes: true, containers: none")).target();

        assertThat(target.flag("processes")).isTrue();
        assertThat(target.text("containers", "?")).isEqualTo("none");
    }

    @Test
    void theRequestGoesBeforeTheTargetAndTheTargetBeforeTheDefaults() {
        ResolvedManifest manifest =
                resolve(target("provider: local, objective: minimize cost, policy: manual"));
        DeploymentSpec asked =
                manifest.deployment(
                        new DeploymentRequest(
                                "run-1",
                                Instant.EPOCH,
                                "standalone",
                                URI.create("file:///data"),
                                Objective.MINIMIZE_TIME,
                                Policy.AGGRESSIVE));

        assertThat(manifest.objective()).contains(Objective.MINIMIZE_COST);
        assertThat(deployment(manifest).objective()).isEqualTo(Objective.MINIMIZE_COST);
        assertThat(deployment(manifest).policy()).isEqualTo(Policy.MANUAL);
        assertThat(asked.objective()).isEqualTo(Objective.MINIMIZE_TIME);
        assertThat(asked.policy()).isEqualTo(Policy.AGGRESSIVE);
    }

    @Test
    void aTaskIsSubmittedWithAllThatIsWritten() {
        List<SubmitTask> tasks =
                submissions(
                        """
                        version: 1
                        targets: {t: {provider: local}}
                        components: {fit: {tags: [heavy]}}
                        tasks:
                          forecast:
                            component: fit
                            handler: energy.Forecast::fit
                            retries: 2
                            timeout: 5m
                            expect: 1.5
                            priority: -3
                            cache: true
                            outputs: {database: dir}
                        """);

        assertThat(tasks)
                .containsExactly(
                        new SubmitTask(
                                "run-1",
                                "run-1/forecast/0",
                                "forecast",
                                "fit",
                                0,
                                new Work.Handler("energy.Forecast::fit"),
                                Payload.none(),
                                List.of(),
                                -3,
                                2,
                                300.0,
                                1.5));
    }

    @Test
    void aTaskWithoutWorkIsPlannedOnly() {
        String yaml =
                """
                version: 1
                targets: {t: {provider: local}}
                components: {c: {}}
                tasks:
                  plan: {component: c, foreach: {range: [0, 9]}}
                  run: {component: c, command: [ls]}
                """;

        assertThat(resolve(yaml).plannedOnly()).containsExactly("plan");
        assertThat(submissions(yaml)).extracting(SubmitTask::task).containsExactly("run");
        assertThat(deployment(yaml).tasks())
                .extracting(TaskGroup::runnable)
                .containsExactly(false, true);
    }
}
