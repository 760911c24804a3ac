package io.scalable.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildControlPlaneIT {

    private static final String READY =
            "echo '{\"kafka\": {\"bootstrap.servers\": \"127.0.0.1:9\"}}'; ";

    @TempDir Path temp;

    @Test
    void itSaysHowToConnectAndEndsWithItsInput() {
        Path ended = temp.resolve("ended");
        var plane = start(READY + "cat > /dev/null; echo bye > " + ended);

        assertThat(plane.kafka()).containsEntry("bootstrap.servers", "127.0.0.1:9");
        assertThat(ended).doesNotExist();

        plane.close();
        assertThat(ended).hasContent("bye\n");
    }

    @Test
    void aChildThatDoesNotStartIsQuoted() {
        assertThatThrownBy(() -> start("echo no JDK 25 >&2; exit 3"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the control plane ended with 3")
                .hasMessageContaining("no JDK 25");
    }

    @Test
    void aChildThatTalksNonsenseIsRefused() {
        assertThatThrownBy(() -> start("echo hello; cat > /dev/null"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first line is no JSON");
    }

    @Test
    void aChildThatIsLostIsReported() throws Exception {
        var said = new AtomicReference<String>();
        Path go = temp.resolve("go");
        try (var plane = start(READY + "until [ -e " + go + " ]; do sleep 0.05; done; exit 7")) {
            plane.onLoss(said::set);
            assertThat(said.get()).isNull();
            Files.createFile(go);

            await().untilAsserted(() -> assertThat(said.get()).contains("ended with 7"));
        }
    }

    private ChildControlPlane start(String script) {
        return ChildControlPlane.start(
                List.of("/bin/sh", "-c", script), temp.resolve("control-plane.log"));
    }
}
