package io.scalable.client.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.storage.Storages;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLogTest {

    @TempDir Path folder;

    private final TaskHistory task =
            new TaskHistory(
                    "d",
                    "d/fit/3",
                    "fit",
                    "model",
                    TaskState.RUNNING,
                    2,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);

    @Test
    void aLogIsReadOnFromWhereReadingStopped() throws IOException {
        Path newest = folder.resolve("second");
        var log = log(newest);
        assertThat(log.place()).isEmpty();
        assertThat(log.more()).isEmpty();

        Path file = newest.resolve("logs/fit/3-2.err");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "one\n");
        assertThat(text(log.more())).isEqualTo("one\n");
        Files.writeString(file, "two\n", StandardOpenOption.APPEND);
        assertThat(text(log.more())).isEqualTo("two\n");
        assertThat(log.more()).isEmpty();
        assertThat(log.place()).contains(file.toUri());
    }

    @Test
    void theLogOfAnEarlierLifeIsFoundWhereThatLifeWroteIt() throws IOException {
        Path file = folder.resolve("first/logs/fit/3-2.err");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "from before");

        assertThat(text(log(folder.resolve("second")).all())).isEqualTo("from before");
    }

    @Test
    void aCharacterOfSeveralBytesIsNeverCutInTwo() throws IOException {
        Path file = folder.resolve("first/logs/fit/3-2.err");
        Files.createDirectories(file.getParent());
        String words = "x" + "\u00e4\u20ac\ud83d\ude00".repeat(20_000);
        Files.writeString(file, words);
        var log = log(folder.resolve("second"));
        var read = new StringBuilder();
        for (byte[] more = log.more(); more.length > 0; more = log.more()) {
            read.append(text(more));
        }

        assertThat(read).hasToString(words);
    }

    private TaskLog log(Path newest) {
        return new TaskLog(
                Storages.here(),
                List.of(newest.toUri(), folder.resolve("first").toUri()),
                task,
                2,
                "err");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
