package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.trace.TraceParent;
import io.scalable.services.SpanCollector.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task's way through the services is one trace, which its sender began. */
@Timeout(180)
class TraceIT {

    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 1}
            components:
              shell: {cpus: 1, memory: 256M}
            tasks:
              show: {component: shell, command: [sh, -c, 'echo "$TRACEPARENT"']}
            """;

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";

    @TempDir Path folder;

    @Test
    void aTaskIsOneTraceFromItsSubmissionToItsResult() throws Exception {
        var results = new CopyOnWriteArrayList<TaskResult>();
        try (var collector = new SpanCollector();
                var services =
                        new Services(
                                folder,
                                Map.of(
                                        "QUARKUS_OTEL_SDK_DISABLED",
                                        "false",
                                        "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                                        collector.endpoint(),
                                        "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                                        "http/protobuf",
                                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                                        "PT0.2S"))) {
            var dispatcher = services.start("dispatcher-service");
            var planner = services.start("planner-service");
            var provider = services.start("provider-local");
            dispatcher.ready();
            planner.ready();
            provider.ready();

            RunOutcome outcome;
            String sender = "00-" + TRACE + "-" + SENDER + "-01";
            try (var _ = TraceParent.context(sender).makeCurrent()) {
                outcome = services.run(MANIFEST, listener(results));
            }

            assertThat(outcome.succeeded()).isTrue();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(collector.trace(TRACE)).hasSize(4));
            List<Span> spans = collector.trace(TRACE);
            Span submit = named(spans, "submit show");
            Span lease = named(spans, "lease show");
            Span run = named(spans, "run show");
            Span result = named(spans, "result show");
            assertThat(submit.parent()).isEqualTo(SENDER);
            assertThat(lease.parent()).isEqualTo(submit.id());
            assertThat(run.parent()).isEqualTo(lease.id());
            assertThat(result.parent()).isEqualTo(submit.id());
            assertThat(List.of(submit, lease, result))
                    .extracting(Span::service)
                    .containsOnly("dispatcher-service");
            assertThat(run.service()).isEqualTo("provider-local");
            assertThat(results).hasSize(1);
            assertThat(results.getFirst().traceparent()).contains(TRACE, submit.id());
            assertThat(results.getFirst().result().value().asText())
                    .as("what the command found in its environment")
                    .contains(TRACE, run.id());
        }
    }

    private static RunListener listener(List<TaskResult> results) {
        return new RunListener() {
            @Override
            public void taskEnded(TaskResult result) {
                results.add(result);
            }
        };
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }
}
