package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances of a service share the work, and one that is killed is replaced by the other. */
@Timeout(240)
class FailoverIT {

    private static final int TASKS = 60;

    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 2}
            components:
              shell: {cpus: 1, memory: 256M}
            tasks:
              nap: {component: shell, command: [sh, -c, 'sleep 0.3; echo $SCALABLE_TASK_ID'], foreach: {range: [0, 60]}}
              sum: {component: shell, needs: nap, command: [wc, -c]}
            """;

    @TempDir Path folder;

    @Test
    void aRunOutlivesHalfOfItsServices() throws Exception {
        try (var services = new Services(folder, Map.of())) {
            var pairs =
                    List.of(
                            services.start("dispatcher-service"),
                            services.start("planner-service"),
                            services.start("dispatcher-service", "dispatcher-2"),
                            services.start("planner-service", "planner-2"));
            services.start("provider-local").ready();
            for (ServiceProcess service : pairs) {
                service.ready();
            }
            var killer = new Killer(pairs.subList(0, 2));

            RunOutcome outcome = services.run(MANIFEST, killer);

            assertThat(outcome.succeeded()).isTrue();
            assertThat(killer.results)
                    .hasSize(TASKS + 1)
                    .extracting(TaskResult::taskId)
                    .doesNotHaveDuplicates();
            assertThat(killer.results)
                    .extracting(TaskResult::state)
                    .containsOnly(TaskState.SUCCEEDED);
        }
    }

    /** Kills its victims when a few tasks have ended. */
    private static final class Killer implements RunListener {

        private static final int SOME = 5;

        private final List<ServiceProcess> victims;
        private final List<TaskResult> results = new CopyOnWriteArrayList<>();

        Killer(List<ServiceProcess> victims) {
            this.victims = victims;
        }

        @Override
        public void taskEnded(TaskResult result) {
            results.add(result);
            if (results.size() == SOME) {
                victims.forEach(ServiceProcess::kill);
            }
        }
    }
}
