package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.Json;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
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
        try (var postgres = EmbeddedPostgres.start();
                var services = new Services(folder, Services.historyIn(postgres))) {
            var telemetry =
                    List.of(
                            services.start("telemetry-service"),
                            services.start("telemetry-service", "telemetry-2"));
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
            for (ServiceProcess service : telemetry) {
                service.ready();
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(shares(services)).hasSize(2).doesNotContain(0));
            var killer = new Killer(pairs.subList(0, 2), telemetry);

            RunOutcome outcome = services.run(MANIFEST, killer);

            assertThat(outcome.succeeded()).isTrue();
            assertThat(killer.results)
                    .hasSize(TASKS + 1)
                    .extracting(TaskResult::taskId)
                    .doesNotHaveDuplicates();
            assertThat(killer.results)
                    .extracting(TaskResult::state)
                    .containsOnly(TaskState.SUCCEEDED);
            ServiceProcess survivor = killer.survivor;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(succeeded(survivor, outcome)).isEqualTo(TASKS + 1));
        }
    }

    /** How many partitions each instance of telemetry has. */
    private static List<Integer> shares(Services services) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(services.kafka()))) {
            String group = "scalable-telemetry";
            return admin
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()
                    .stream()
                    .map(member -> member.assignment().topicPartitions().size())
                    .toList();
        }
    }

    private static int succeeded(ServiceProcess telemetry, RunOutcome outcome)
            throws IOException, InterruptedException {
        String path = "/telemetry/deployments/" + outcome.summary().run().id();
        return Json.mapper().readTree(telemetry.get(path)).path("tasks").path("SUCCEEDED").asInt();
    }

    /** Kills its victims, and the telemetry that follows the run, when a few tasks have ended. */
    private static final class Killer implements RunListener {

        private static final int SOME = 5;
        private static final Pattern RECORDS =
                Pattern.compile("scalable_telemetry_records_total(?:\\{.*?})? (\\S+)");

        private final List<ServiceProcess> victims;
        private final List<ServiceProcess> telemetry;
        private volatile ServiceProcess survivor;
        private final List<TaskResult> results = new CopyOnWriteArrayList<>();

        Killer(List<ServiceProcess> victims, List<ServiceProcess> telemetry) {
            this.victims = victims;
            this.telemetry = telemetry;
        }

        @Override
        public void taskEnded(TaskResult result) {
            results.add(result);
            if (results.size() == SOME) {
                victims.forEach(ServiceProcess::kill);
                boolean first = records(telemetry.getFirst()) > records(telemetry.getLast());
                (first ? telemetry.getFirst() : telemetry.getLast()).kill();
                survivor = first ? telemetry.getLast() : telemetry.getFirst();
            }
        }

        /**
         * How much an instance of telemetry has read: the one that follows the run has read more.
         */
        private static double records(ServiceProcess telemetry) {
            try {
                Matcher records = RECORDS.matcher(telemetry.get("/q/metrics"));
                return records.find() ? Double.parseDouble(records.group(1)) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
