package io.scalable.client.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says that a run has a process which drives it: a lock on a file in its folder, which the system
 * takes away when the process ends, however it does.
 */
final class RunLock implements AutoCloseable {

    /** Closing any channel on a file gives up every lock that this JVM has on it. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private @Nullable FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock {@code file}; empty if somebody has it. */
    static Optional<RunLock> take(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return Optional.empty();
            }
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            HELD.add(file);
            return Optional.of(new RunLock(file, channel));
        }
    }

    /** True if somebody has the lock {@code file}. */
    static boolean isTaken(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<RunLock> lock = take(file);
        lock.ifPresent(RunLock::close);
        return lock.isEmpty();
    }

    /** Gives it back; twice is harmless. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // The lock is gone all the same once the process ends.
                }
                channel = null;
                HELD.remove(file);
            }
        }
    }
}
