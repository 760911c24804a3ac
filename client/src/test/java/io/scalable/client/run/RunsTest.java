package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    @TempDir Path temp;

    @Test
    void theLatestIsTheOneThatStartedLast() throws Exception {
        run("b", Samples.START.plusSeconds(2));
        run("a", Samples.START.plusSeconds(3));
        run("c", Samples.START);
        Files.createDirectory(temp.resolve("z-no-run"));

        assertThat(new Runs(temp).ids()).containsExactly("c", "b", "a");
        assertThat(new Runs(temp).latest().info().id()).isEqualTo("a");
    }

    @Test
    void aRunIsFoundByItsId() throws Exception {
        run("20260131-142501-x7k2p", Samples.START);

        assertThat(new Runs(temp).find("20260131-142501-x7k2p").info().project())
                .isEqualTo("energy");
    }

    @Test
    void anUnknownIdListsTheNearest() throws Exception {
        for (String id : new String[] {"run-aaaa", "run-aaab", "run-aabb", "other-zz"}) {
            run(id, Samples.START);
        }

        assertThatThrownBy(() -> new Runs(temp).find("run-aaaaa"))
                .isInstanceOf(NoSuchRunException.class)
                .hasMessageContaining("no run 'run-aaaaa'")
                .hasMessageContaining("nearest: run-aaaa, run-aaab, run-aabb");
    }

    @Test
    void anEmptyFolderSaysHowToBegin() {
        assertThatThrownBy(() -> new Runs(temp.resolve("missing")).latest())
                .isInstanceOf(NoSuchRunException.class)
                .hasMessageContaining("no runs yet")
                .hasMessageContaining("scalable run FILE");
        assertThatThrownBy(() -> new Runs(temp).find("x")).hasMessageContaining("no runs yet");
    }

    private void run(String id, Instant started) throws IOException {
        var info =
                new RunInfo(
                        id,
                        "energy",
                        "local",
                        "local",
                        started,
                        null,
                        RunState.RUNNING,
                        null,
                        null);
        RunFolder.create(temp, id).writeInfo(info);
    }
}
