package io.scalable.contracts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

class TraceParentTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void whatWasSentIsHandedOn() {
        Span span = Span.fromContext(TraceParent.context(PARENT));

        assertThat(span.getSpanContext().getTraceId())
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(TraceParent.of(span)).isEqualTo(PARENT);
    }

    @Test
    void whatIsNoTraceIsNone() {
        assertThat(TraceParent.context(null)).isSameAs(Context.root());
        assertThat(TraceParent.of(Span.fromContext(TraceParent.context("00-xyz")))).isNull();
        assertThat(TraceParent.current()).isNull();
    }

    @Test
    void theCurrentSpanIsFound() {
        try (var _ = TraceParent.context(PARENT).makeCurrent()) {
            assertThat(TraceParent.current()).isEqualTo(PARENT);
        }
    }
}
