package io.scalable.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path folder;

    @Test
    void aFolderIntoWhichSomethingIsStillWrittenIsDeleted() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/topic-0")).getParent();
        Thread writer = Thread.ofVirtual().start(() -> writeFor(2_000, data));

        new DataFolder(data).delete();

        writer.join();
        assertThat(data).doesNotExist();
    }

    @Test
    void aFolderThatIsGoneIsNoError() throws IOException {
        new DataFolder(folder.resolve("gone")).delete();

        assertThat(folder.resolve("gone")).doesNotExist();
    }

    /** Writes files one after another until they are written or their folder is gone. */
    private static void writeFor(int files, Path data) {
        try {
            for (int i = 0; i < files; i++) {
                Files.createFile(data.resolve("checkpoint-" + i + ".tmp"));
            }
        } catch (NoSuchFileException e) {
            // The folder is deleted: a thread of the broker ends so, too.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
