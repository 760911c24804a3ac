package io.scalable.contracts.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadsTest {

    @TempDir Path folder;

    private Payloads payloads;

    @BeforeEach
    void open() {
        payloads = Payloads.at(folder.toUri());
    }

    @Test
    void smallValuesStayInline() throws IOException {
        Payload payload = payloads.write("results/a/0-1.json", TextNode.valueOf("small"));

        assertThat(payload.isReference()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void largeValuesGoByReferenceAndComeBack() throws IOException {
        var large = TextNode.valueOf("x".repeat(Payload.INLINE_LIMIT_BYTES));

        Payload payload = payloads.write("results/a/0-1.json", large);

        assertThat(payload.isReference()).isTrue();
        assertThat(payload.bytes()).isEqualTo(Payload.INLINE_LIMIT_BYTES + 2);
        assertThat(folder.resolve("results/a/0-1.json")).exists();
        assertThat(payloads.read(payload)).isEqualTo(large);
    }

    @Test
    void aNameThatLeavesTheFolderIsRefused() {
        var large = TextNode.valueOf("x".repeat(Payload.INLINE_LIMIT_BYTES));

        assertThatThrownBy(() -> payloads.write("../outside.json", large))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../outside.json");
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        assertThatThrownBy(() -> payloads.read(Payload.at(folder.resolve("gone").toUri(), 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> payloads.read(Payload.at(URI.create("tape://x/1"), 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no storage serves tape://x/1");
    }

    @Test
    void deletingTakesEverythingAndMayBeRepeated() throws IOException {
        var storage = new FileStorage();
        storage.put(folder.toUri(), "a/b/c", new byte[] {1});

        storage.deleteAll(folder.resolve("a").toUri());
        storage.deleteAll(folder.resolve("a").toUri());

        assertThat(folder).isEmptyDirectory();
    }
}
