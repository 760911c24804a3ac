package io.scalable.worker;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two files that take what one attempt prints. Closing them removes empty ones and stores the
 * others where they belong.
 */
final class AttemptLogs implements AutoCloseable {

    /** What happens to the files when the attempt has ended. */
    interface Keeper {
        void keep(AttemptLogs logs) throws IOException;
    }

    private final Path out;
    private final Path err;
    private final Keeper keeper;

    AttemptLogs(Path out, Path err, Keeper keeper) {
        this.out = out;
        this.err = err;
        this.keeper = keeper;
    }

    Path out() {
        return out;
    }

    Path err() {
        return err;
    }

    /** Makes the files' folder. */
    void makeFolder() throws IOException {
        Files.createDirectories(out.getParent());
        Files.createDirectories(err.getParent());
    }

    /** A log that cannot be kept is no reason to fail the task: it is said, and that is all. */
    @Override
    public void close() {
        try {
            deleteIfEmpty(out);
            deleteIfEmpty(err);
            keeper.keep(this);
        } catch (IOException e) {
            System.getLogger(AttemptLogs.class.getName())
                    .log(Level.WARNING, "what a task printed was not kept: " + e);
        }
    }

    private static void deleteIfEmpty(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
    }
}
