package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void aPayloadIsEitherAValueOrAReference() {
        assertThat(Payload.of(TextNode.valueOf("x")).isReference()).isFalse();
        assertThat(Payload.at(URI.create("file:/tmp/x"), 300_000).isReference()).isTrue();
        assertThatThrownBy(() -> new Payload(TextNode.valueOf("x"), URI.create("file:/x"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsJsonsNull() {
        var codec = JsonCodec.of(Payload.class);

        assertThat(codec.decode("{}")).isEqualTo(Payload.none());
        assertThat(codec.decode(codec.encode(Payload.none()))).isEqualTo(Payload.none());
    }
}
