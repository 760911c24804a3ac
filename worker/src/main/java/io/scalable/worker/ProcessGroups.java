package io.scalable.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Signals whole process groups, which the JVM cannot, and guards them: a small shell of the
 * worker's own that is told which groups there are and kills those left when its input ends.
 * Because that also happens when the JVM is killed, nothing a command started outlives the worker.
 * Thread-safe.
 */
final class ProcessGroups implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ProcessGroups.class.getName());

    /** Reads lines of a verb and a group's number; no word of a user's ever comes here. */
    private static final String GUARD =
            """
            trap '' HUP INT TERM
            live=' '
            while read -r verb group; do
              case $verb in
                own) live="$live$group " ;;
                term) kill -s TERM -- "-$group" ;;
                end) kill -s KILL -- "-$group"
                     live="${live%%" $group "*} ${live#*" $group "}" ;;
              esac
            done
            for group in $live; do kill -s KILL -- "-$group"; done
            """;

    private final Path setsid;
    private final Process guard;
    private final OutputStream orders;
    private boolean closed;

    private ProcessGroups(Path setsid, Process guard) {
        this.setsid = setsid;
        this.guard = guard;
        this.orders = guard.getOutputStream();
    }

    /** Starts the guard; empty on systems without {@code setsid} (util-linux) or {@code sh}. */
    static Optional<ProcessGroups> start() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        Optional<Path> setsid = Programs.onPath("setsid", path);
        Optional<Path> shell = Programs.onPath("sh", path);
        if (setsid.isEmpty() || shell.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "no 'setsid' or 'sh' on PATH: what a command leaves behind may go on running");
            return Optional.empty();
        }
        try {
            Process guard =
                    new ProcessBuilder(setsid.get().toString(), shell.get().toString(), "-c", GUARD)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start();
            return Optional.of(new ProcessGroups(setsid.get(), guard));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot start the guard of process groups: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** {@code argv} as the leader of a group of its own; its number is the process id. */
    List<String> inOwnGroup(List<String> argv) {
        var out = new ArrayList<String>(argv.size() + 1);
        out.add(setsid.toString());
        out.addAll(argv);
        return out;
    }

    /** Guards the group from now on. */
    void own(long group) {
        order("own", group);
    }

    /** Asks every process of the group to end. */
    void terminate(long group) {
        order("term", group);
    }

    /** Kills what is left of the group and forgets it. */
    void end(long group) {
        order("end", group);
    }

    boolean alive() {
        return guard.isAlive();
    }

    /** Kills what is left of all groups; returns when that is done. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                closed = true;
                orders.close();
            }
            if (!guard.waitFor(2, TimeUnit.SECONDS)) {
                guard.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the guard of process groups is gone already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void order(String verb, long group) {
        if (closed) {
            return;
        }
        byte[] line = (verb + " " + group + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            orders.write(line);
            orders.flush();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the guard of process groups is gone: " + e.getMessage());
        }
    }
}
