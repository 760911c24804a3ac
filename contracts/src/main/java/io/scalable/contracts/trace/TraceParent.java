package io.scalable.contracts.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context ({@code 00-<trace>-<span>-<flags>}), to and from
 * OpenTelemetry's contexts.
 */
public final class TraceParent {

    /** The name of the record header and of the field. */
    public static final String NAME = "traceparent";

    /** What tasks that are commands find it under. */
    public static final String ENVIRONMENT = "TRACEPARENT";

    private TraceParent() {}

    /** The context that {@code traceparent} names; the root for null and for what is none. */
    public static Context context(@Nullable String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), traceparent, Text.INSTANCE);
    }

    /** The name of the current span; null where there is none. */
    public static @Nullable String current() {
        return of(Span.current());
    }

    /** The span's name; null for one that is not valid. */
    public static @Nullable String of(Span span) {
        if (!span.getSpanContext().isValid()) {
            return null;
        }
        var text = new ArrayList<String>(1);
        W3CTraceContextPropagator.getInstance()
                .inject(
                        Context.root().with(span),
                        text,
                        (carrier, key, value) -> {
                            if (carrier != null && key.equals(NAME)) {
                                carrier.add(value);
                            }
                        });
        return text.isEmpty() ? null : text.getFirst();
    }

    /** A carrier that is the one header's text. */
    private enum Text implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(NAME);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(NAME) ? carrier : null;
        }
    }
}
