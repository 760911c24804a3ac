package io.scalable.provider.local;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.ProviderContract;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.RecordingSink;
import io.scalable.provider.worker.WorkerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesIT extends ProviderContract {

    @TempDir Path workDir;

    @Override
    protected ProviderStage newStage() {
        return new ProcessStage(workDir);
    }

    @Test
    void aBrokenWorkersLastWordsAreReported() throws InterruptedException {
        var changed = new Semaphore(0);
        var sink = new RecordingSink();
        try (var stage = new ProcessStage(workDir, changed::release);
                var host = host(stage, sink)) {
            host.deploymentChanged(stage.deployment("d").pool(ProviderStage.BROKEN, 1).build());
            host.planChanged(plan("d", 1, Map.of(ProviderStage.BROKEN, 1)));

            assertThat(changed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            host.tick();

            WorkerFailed failed = sink.events(WorkerFailed.class).getFirst();
            assertThat(failed.message()).contains("d-broken-1 (pid ").endsWith("exited with 1");
            assertThat(failed.log()).isEqualTo("this is d-broken-1");
        }
    }

    @Test
    void theSettingsAreTheirOwnersAloneAndGoWithTheWorker() throws Exception {
        var settings = WorkerFiles.in(workDir, "d-steady-1").config();
        try (var stage = new ProcessStage(workDir);
                var host = host(stage, new RecordingSink())) {
            host.deploymentChanged(stage.deployment("d").pool(ProviderStage.STEADY, 1).build());
            host.planChanged(plan("d", 1, Map.of(ProviderStage.STEADY, 1)));
            assertThat(Files.getPosixFilePermissions(settings))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));

            host.deploymentEnded("d");
            await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(
                            () -> {
                                host.tick();
                                return host.idle();
                            });
            assertThat(settings).doesNotExist();
        }
    }

    @Test
    void aPreloadScriptRunsBeforeItsWorkerAndItsFailureIsTold() {
        var sink = new RecordingSink();
        try (var stage = new ProcessStage(workDir);
                var host = host(stage, sink)) {
            DeploymentSpec plain = stage.deployment("d").pool(ProviderStage.STEADY, 1).build();
            ComponentSpec steady = plain.components().getFirst();
            ComponentSpec preloaded =
                    new ComponentSpec(
                            steady.name(),
                            null,
                            null,
                            steady.cpus(),
                            steady.memoryBytes(),
                            steady.slots(),
                            steady.bounds(),
                            null,
                            List.of(),
                            Map.of(),
                            Map.of(),
                            List.of(),
                            "echo no licence\nexit 7");
            host.deploymentChanged(plain.withWork(List.of(preloaded), List.of()));
            host.planChanged(plan("d", 1, Map.of(ProviderStage.STEADY, 1)));

            await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(
                            () -> {
                                host.tick();
                                return !sink.events(WorkerFailed.class).isEmpty();
                            });

            WorkerFailed failed = sink.events(WorkerFailed.class).getFirst();
            assertThat(failed.message()).endsWith("exited with 7");
            assertThat(failed.log()).contains("no licence", "preload_script ended with status 7");
        }
    }

    @Test
    void closingTheHostEndsItsProcesses() {
        try (var stage = new ProcessStage(workDir)) {
            var host = host(stage, new RecordingSink());
            host.deploymentChanged(stage.deployment("d").pool(ProviderStage.STEADY, 2).build());
            host.planChanged(plan("d", 1, Map.of(ProviderStage.STEADY, 2)));
            assertThat(stage.alive("d")).hasSize(2);

            host.close();

            assertThat(stage.alive("d")).isEmpty();
        }
    }

    private static ProviderHost host(ProviderStage stage, RecordingSink sink) {
        return new ProviderHost(
                HOST,
                List.of(stage.provider()),
                new InMemoryLaunchLedger(),
                sink,
                InstantSource.system());
    }
}
