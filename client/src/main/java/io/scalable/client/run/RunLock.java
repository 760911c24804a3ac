package io.scalable.client.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says that a run has a process which drives it. Two things together: a lock on a file in its
 * folder, which the system takes away when the process ends, however it does; and a file that names
 * the process and is written every few seconds ({@link RunOwner}), for folders that several
 * machines see, where locks may hold on one machine only or be refused altogether.
 */
final class RunLock implements AutoCloseable {

    static final Duration BEAT = Duration.ofSeconds(5);

    /** Closing any channel on a file gives up every lock that this JVM has on it. */
    private static final Map<Path, RunLock> HELD = new HashMap<>();

    private final Path file;
    private final Path ownerFile;
    private final RunOwner owner;
    private final @Nullable FileChannel channel;
    private final Thread beats;
    private @Nullable Consumer<String> lost;
    private boolean closed;

    private RunLock(Path file, RunOwner owner, @Nullable FileChannel channel) {
        this.file = file;
        this.ownerFile = ownerFile(file);
        this.owner = owner;
        this.channel = channel;
        this.beats = Thread.ofPlatform().daemon().name("scalable-run-lock").unstarted(this::beats);
    }

    /**
     * Takes the lock {@code file}.
     *
     * @throws IOException if another process has it, which the message names, or it cannot be
     *     written
     */
    static RunLock take(Path file) throws IOException {
        return take(file, RunOwner.self());
    }

    static RunLock take(Path file, RunOwner owner) throws IOException {
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                throw taken(file, "another process: this program itself has it");
            }
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Locked locked = lock(channel);
                String holder = locked == Locked.BY_OTHERS ? words(file) : living(file, locked);
                if (holder != null) {
                    throw taken(file, holder);
                }
                owner.write(ownerFile(file));
                var lock = new RunLock(file, owner, locked == Locked.HERE ? channel : null);
                HELD.put(file, lock);
                lock.beats.start();
                return lock;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** Who has the lock {@code file}, for people; empty if nobody does. */
    static Optional<String> holder(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return Optional.of("another process: this program itself has it");
            }
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Locked locked = lock(channel);
                return Optional.ofNullable(
                        locked == Locked.BY_OTHERS ? words(file) : living(file, locked));
            }
        }
    }

    /** Has {@code action} told, once, if the folder is gone or another process has taken it. */
    void onLoss(Consumer<String> action) {
        synchronized (HELD) {
            lost = action;
        }
    }

    private enum Locked {
        HERE,
        BY_OTHERS,
        /** The file system has no locks, as Lustre mounted without {@code flock}. */
        UNKNOWN
    }

    private static Locked lock(FileChannel channel) {
        try {
            return channel.tryLock() == null ? Locked.BY_OTHERS : Locked.HERE;
        } catch (IOException e) {
            return Locked.UNKNOWN;
        }
    }

    /** The owner on record, if it must be taken for alive; null if nobody must. */
    private static @Nullable String living(Path file, Locked locked) throws IOException {
        Optional<RunOwner> owner = RunOwner.read(ownerFile(file));
        if (owner.isEmpty()) {
            return null;
        }
        if (owner.get().here()) {
            return locked == Locked.UNKNOWN && owner.get().alive() ? words(file) : null;
        }
        Duration age = RunOwner.age(ownerFile(file));
        return age.compareTo(RunOwner.FRESH) < 0
                ? words(file)
                        + "; if that process is gone, try again in "
                        + RunOwner.FRESH.minus(age).toSeconds()
                        + " s"
                : null;
    }

    private static String words(Path file) throws IOException {
        Optional<RunOwner> owner = RunOwner.read(ownerFile(file));
        return owner.isEmpty()
                ? "another process"
                : "another process: %s, heard of %d s ago"
                        .formatted(owner.get(), RunOwner.age(ownerFile(file)).toSeconds());
    }

    private static IOException taken(Path file, String holder) {
        return new IOException("the run in " + file.getParent() + " goes on in " + holder);
    }

    private static Path ownerFile(Path file) {
        return file.resolveSibling("run.owner");
    }

    private void beats() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(BEAT);
                String gone = beat();
                if (gone != null) {
                    tellLoss(gone);
                    return;
                }
            }
        } catch (InterruptedException e) {
            // close() asked for it.
        }
    }

    /** Says that the process lives; what has happened if the run is not its own any more. */
    @Nullable String beat() {
        synchronized (HELD) {
            if (closed) {
                return null;
            }
            try {
                Optional<RunOwner> known = RunOwner.read(ownerFile);
                if (!Files.exists(file)) {
                    return "the run's folder "
                            + file.getParent()
                            + " is gone: it was deleted or moved while the run went on, so nothing"
                            + " can be kept of it";
                }
                if (known.isPresent() && !known.get().equals(owner)) {
                    return "the run in " + file.getParent() + " was taken over by " + known.get();
                }
                owner.write(ownerFile);
            } catch (NoSuchFileException e) {
                return "the run's folder " + file.getParent() + " is gone";
            } catch (IOException e) {
                // A file server that does not answer for a while: the next beat may succeed.
            }
            return null;
        }
    }

    private void tellLoss(String what) {
        Consumer<String> action;
        synchronized (HELD) {
            action = lost;
        }
        if (action != null) {
            action.accept(what);
        }
    }

    /** Gives it back; twice is harmless. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (closed) {
                return;
            }
            closed = true;
            beats.interrupt();
            try {
                if (RunOwner.read(ownerFile).filter(owner::equals).isPresent()) {
                    Files.deleteIfExists(ownerFile);
                }
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // The lock is gone all the same once the process ends.
            }
            HELD.remove(file);
        }
    }
}
