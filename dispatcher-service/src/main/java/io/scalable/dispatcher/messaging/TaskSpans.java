package io.scalable.dispatcher.messaging;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.trace.TraceParent;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher's part of a task's trace: it was submitted, leased, and has a result. They are
 * moments; the time between the first two is what the task waited, and the worker's own span, below
 * the lease, is what it ran. All hang below the submission, whose name the state keeps.
 */
final class TaskSpans {

    private final Tracer tracer;

    TaskSpans() {
        this.tracer = GlobalOpenTelemetry.getTracer("io.scalable.dispatcher");
    }

    /** The task as part of its sender's trace, or else of a new one. */
    SubmitTask submitted(SubmitTask task, Headers headers) {
        String sent = task.traceparent() == null ? header(headers) : task.traceparent();
        Span span =
                span("submit " + task.task(), SpanKind.CONSUMER, sent, task.taskId())
                        .setAttribute("scalable.deployment", task.deploymentId())
                        .setAttribute("scalable.tag", task.tag());
        span.end();
        return task.withTraceparent(TraceParent.of(span));
    }

    /** The lease as the parent of what its worker does. */
    LeaseGranted leased(LeaseGranted lease) {
        if (lease.traceparent() == null) {
            return lease;
        }
        Span span =
                span(
                                "lease " + lease.task(),
                                SpanKind.PRODUCER,
                                lease.traceparent(),
                                lease.taskId())
                        .setAttribute("scalable.attempt", lease.attempt())
                        .setAttribute("scalable.worker", lease.workerId());
        span.end();
        return lease.withTraceparent(TraceParent.of(span));
    }

    void ended(TaskResult result) {
        if (result.traceparent() == null) {
            return;
        }
        Span span =
                span(
                                "result " + result.task(),
                                SpanKind.PRODUCER,
                                result.traceparent(),
                                result.taskId())
                        .setAttribute("scalable.deployment", result.deploymentId())
                        .setAttribute("scalable.pool", result.component())
                        .setAttribute("scalable.state", result.state().name())
                        .setAttribute("scalable.attempts", result.attempts());
        if (result.state() != TaskState.SUCCEEDED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private Span span(String name, SpanKind kind, @Nullable String parent, String taskId) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(TraceParent.context(parent))
                .setAttribute("scalable.task", taskId)
                .startSpan();
    }

    private static @Nullable String header(Headers headers) {
        Header header = headers.lastHeader(TraceParent.NAME);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
