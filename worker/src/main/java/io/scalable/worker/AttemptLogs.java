package io.scalable.worker;

import io.scalable.contracts.Limits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two files that take what one attempt prints. Closing them removes empty ones, cuts long ones
 * down to {@link Limits#LOG_BYTES} and stores them where they belong.
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

    /** Removes what an attempt of the same number left in an earlier life of the deployment. */
    void forgetOlder() {
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            warn("an older log stays: ", e);
        }
    }

    /** A log that cannot be kept is no reason to fail the task: it is said, and that is all. */
    @Override
    public void close() {
        try {
            tidy(out);
            tidy(err);
            keeper.keep(this);
        } catch (IOException e) {
            warn("what a task printed was not kept: ", e);
        }
    }

    private static void tidy(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (Files.size(file) == 0) {
            Files.delete(file);
        } else {
            LogExcerpt.shorten(file, Limits.LOG_BYTES);
        }
    }

    private static void warn(String what, IOException why) {
        System.getLogger(AttemptLogs.class.getName()).log(Level.WARNING, what + why);
    }
}
