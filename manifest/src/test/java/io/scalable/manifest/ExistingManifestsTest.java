package io.scalable.manifest;

import static io.scalable.manifest.ManifestTester.deployment;
import static io.scalable.manifest.ManifestTester.load;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.Bounds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests written for the Python project are used as they are. */
class ExistingManifestsTest {

    private static final String YAML =
            """
            version: 1
            project:
              name: energy
              default_storage: s3://bucket/runs/
              local_cache: ./.cache

            targets:
              hpc:
                provider: slurm
                queue: short
                account: LAB
                walltime: 02:00:00
                interface: ib0
                comm_port: 50051
              gke:
                provider: kubernetes
                namespace: lab-prod
                adaptive:
                  minimum: 2
                  maximum: 20
                overlay: prod
              aws:
                provider: aws
                region: us-east-1
                task_role_arn: arn:aws:iam::123456789:role/tasks
                subnets:
                  - subnet-a
                  - subnet-b

            components:
              model:
                image: registry.example/model:7.0
                cpus: 8
                memory: 32G
                tags: [iam, multi-sector]
                env:
                  DATA: /data
              analysis:
                memory: 500MB
                tags: [analysis]

            tasks:
              simulate:
                component: model
                cache: true
                outputs:
                  database: dir
              analyze:
                component: analysis

            overlays:
              prod:
                components:
                  model:
                    memory: 64G
              dev:
                targets:
                  gke:
                    adaptive:
                      minimum: 1
                      maximum: 5
            """;

    @Test
    void theyLoadWithoutAProblem() {
        assertThat(load(YAML).problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.scalable.manifest.ExistingManifests#all")
    void allTheirOptionsAreKnown(String yaml) {
        assertThat(load(yaml).problems()).isEmpty();
    }

    @Test
    void theirTasksArePlannedOnly() {
        assertThat(load(YAML).orThrow().resolve("hpc", Map.of()).plannedOnly())
                .containsExactly("simulate", "analyze");
    }

    @Test
    void theirOverlaysAndBoundsApply() {
        Manifest manifest = load(YAML).orThrow();
        var prod = deployment(manifest.resolve("gke", Map.of())).components().getFirst();
        var dev = deployment(manifest.resolve("gke", "dev", Map.of())).components().getFirst();

        assertThat(prod.memoryBytes()).isEqualTo(64_000_000_000L);
        assertThat(prod.bounds()).isEqualTo(new Bounds(2, 20));
        assertThat(dev.memoryBytes()).isEqualTo(32_000_000_000L);
        assertThat(dev.bounds()).isEqualTo(new Bounds(1, 5));
    }

    @Test
    void theirWalltimeIsTheDeadline() {
        var spec = deployment(load(YAML).orThrow().resolve("hpc", Map.of()));

        assertThat(spec.deadlineSeconds()).isEqualTo(7_200);
    }
}
