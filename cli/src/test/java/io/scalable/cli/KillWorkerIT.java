package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.FailureRecord;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KillWorkerIT {

    /** Each attempt leaves a mark, then waits for leave to go on. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 1, processes: true}
            components:
              long: {cpus: 1, memory: 256M}
            tasks:
              long:
                component: long
                retries: 0
                command:
                  - sh
                  - -c
                  - 'touch "$0/began-$SCALABLE_ATTEMPT"; while [ ! -e "$0/go" ]; do sleep 0.2; done; echo done'
                  - '%s'
            """;

    @TempDir Path folder;

    @Test
    void aTaskWhoseWorkerIsKilledSucceedsElsewhereAndNoRetryIsSpent() throws Exception {
        try (var run = RunningCommand.run(folder, MANIFEST.formatted(folder))) {
            run.awaitFile("began-1");
            List<ProcessHandle> workers = run.workers();
            assertThat(workers).hasSize(1);

            RunningCommand.signal("KILL", workers.getFirst());
            await().atMost(RunningCommand.PATIENCE).until(() -> !workers.getFirst().isAlive());
            run.awaitFile("began-2");
            assertThat(run.workers()).isNotEmpty().doesNotContainAnyElementsOf(workers);
            Files.createFile(folder.resolve("go"));

            assertThat(run.exitStatus()).as(run.output()).isZero();
            TaskRecord task = run.tasks("long").getFirst();
            assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(task.attempts()).isEqualTo(2);
            assertThat(run.folder().failures().read())
                    .extracting(FailureRecord::gaveUp, f -> f.failure().failureClass())
                    .containsExactly(tuple(false, FailureClass.NODE_FAILURE));
            assertThat(run.folder().workers().read())
                    .filteredOn(WorkerFailed.class::isInstance)
                    .hasSize(1);
            run.awaitNothingLeft();
        }
    }
}
