package io.scalable.worker;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.scalable.contracts.trace.TraceParent;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * An attempt's span, below its lease's, while the current thread runs it: what the task's own code
 * records hangs below it, and what it logs carries the ids of trace, task and pool.
 */
final class AttemptSpan {

    private AttemptSpan() {}

    static Outcome around(WorkerConfig config, LeaseGranted lease, Supplier<Outcome> work) {
        String pool = config.deploymentId() + "/" + config.component();
        Span span = start(config, lease, pool);
        try (var _ = span.makeCurrent();
                var _ = MDC.putCloseable("taskId", lease.taskId());
                var _ = MDC.putCloseable("pool", pool);
                var _ = MDC.putCloseable("traceId", span.getSpanContext().getTraceId())) {
            Outcome outcome = work.get();
            if (outcome.failure() != null) {
                span.setStatus(StatusCode.ERROR, outcome.failure().message());
            }
            return outcome;
        } finally {
            span.end();
        }
    }

    private static Span start(WorkerConfig config, LeaseGranted lease, String pool) {
        return GlobalOpenTelemetry.getTracer("io.scalable.worker")
                .spanBuilder("run " + lease.task())
                .setParent(TraceParent.context(lease.traceparent()))
                .setAttribute("scalable.task", lease.taskId())
                .setAttribute("scalable.attempt", lease.attempt())
                .setAttribute("scalable.pool", pool)
                .setAttribute("scalable.worker", config.workerId())
                .startSpan();
    }
}
