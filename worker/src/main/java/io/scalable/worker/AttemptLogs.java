package io.scalable.worker;

import io.scalable.contracts.Limits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two files that take what one attempt prints; whoever writes into them appends. They are held
 * to {@link Limits#LOG_BYTES}, roughly while they are written and exactly at the end. Closing them
 * removes empty ones and stores the others where they belong. Thread-safe.
 */
final class AttemptLogs implements AutoCloseable {

    /** What happens to the files when the attempt has ended. */
    interface Keeper {
        void keep(AttemptLogs logs) throws IOException;
    }

    private final BoundedLog out;
    private final BoundedLog err;
    private final Keeper keeper;
    private volatile boolean closed;

    AttemptLogs(Path out, Path err, Keeper keeper) {
        this.out = new BoundedLog(out, Limits.LOG_BYTES);
        this.err = new BoundedLog(err, Limits.LOG_BYTES);
        this.keeper = keeper;
    }

    Path out() {
        return out.file();
    }

    Path err() {
        return err.file();
    }

    /** How many bytes went to standard output so far, those that are not kept with them. */
    long printed() throws IOException {
        return out.printed();
    }

    boolean closed() {
        return closed;
    }

    /** Cuts what has grown far beyond the limit; called from time to time while it is written. */
    void hold() {
        try {
            out.hold();
            err.hold();
        } catch (IOException e) {
            if (!closed) {
                warn("what a task prints cannot be cut: ", e);
            }
        }
    }

    /** Makes the files' folder. */
    void makeFolder() throws IOException {
        Files.createDirectories(out().getParent());
        Files.createDirectories(err().getParent());
    }

    /** Removes what an attempt of the same number left in an earlier life of the deployment. */
    void forgetOlder() {
        try {
            Files.deleteIfExists(out());
            Files.deleteIfExists(err());
        } catch (IOException e) {
            warn("an older log stays: ", e);
        }
    }

    /** A log that cannot be kept is no reason to fail the task: it is said, and that is all. */
    @Override
    public void close() {
        closed = true;
        try {
            out.finish();
            err.finish();
            keeper.keep(this);
        } catch (IOException e) {
            warn("what a task printed was not kept: ", e);
        }
    }

    private static void warn(String what, IOException why) {
        System.getLogger(AttemptLogs.class.getName()).log(Level.WARNING, what + why);
    }
}
