package io.scalable.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many processes the kernel has killed for lack of memory in this process's control group, as
 * Linux counts them ({@code oom_kill}), and how often the limit of that group or one around it was
 * reached ({@code oom}). Thread-safe.
 */
final class OutOfMemoryKills {

    /** Whose lack of memory it was. */
    enum Verdict {
        /** Nothing was killed for lack of memory, as far as is known. */
        NONE,
        /** The limit of the worker's own group was reached. */
        OWN_LIMIT,
        /** The machine's memory was used up, by whomever. */
        MACHINE
    }

    /**
     * What the system has counted so far.
     *
     * @param kills processes killed for lack of memory; empty where the system does not tell
     * @param limits times that a group's own limit was reached; empty where it does not tell
     */
    record Count(OptionalLong kills, OptionalLong limits) {

        /** What happened between an earlier count and this one. */
        Verdict since(Count earlier) {
            if (kills.isEmpty() || kills.equals(earlier.kills)) {
                return Verdict.NONE;
            }
            boolean told = limits.isPresent() && earlier.limits.isPresent();
            return told && limits.equals(earlier.limits) ? Verdict.MACHINE : Verdict.OWN_LIMIT;
        }
    }

    private static final String KILLS = "oom_kill ";
    private static final String LIMITS = "oom ";
    private static final String EVENTS = "memory.events";
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final Duration RECENT = Duration.ofSeconds(1);

    private final List<Path> counters;
    private final LongSupplier clock;
    private @Nullable Count last;
    private long lastAt;

    /**
     * @param counters files that may hold the counters, those of the innermost group first; the
     *     first that counts kills is believed
     */
    OutOfMemoryKills(List<Path> counters) {
        this(counters, System::nanoTime);
    }

    /**
     * @param clock nanoseconds, as of {@link System#nanoTime()}
     */
    OutOfMemoryKills(List<Path> counters, LongSupplier clock) {
        this.counters = List.copyOf(counters);
        this.clock = clock;
    }

    /** Those of this process's own control group, of either version, and of those around it. */
    static OutOfMemoryKills here() {
        var counters = new ArrayList<Path>();
        for (String line : lines(Path.of("/proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[0].equals("0")) {
                Path group = Path.of(ROOT + parts[2]);
                while (group != null && group.startsWith(ROOT)) {
                    counters.add(group.resolve(EVENTS));
                    group = group.getParent();
                }
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                counters.add(Path.of(ROOT + "/memory" + parts[2], "memory.oom_control"));
            }
        }
        // Within a container the group's path is the host's, and its files lie at the root.
        counters.add(ROOT.resolve(EVENTS));
        counters.add(ROOT.resolve("memory/memory.oom_control"));
        return new OutOfMemoryKills(counters.stream().distinct().toList());
    }

    /**
     * The counts as they were read last, at most a second ago. The files are read once for all
     * commands that start within a second, of which there may be hundreds.
     */
    synchronized Count recent() {
        Count known = last;
        return known == null || clock.getAsLong() - lastAt > RECENT.toNanos() ? count() : known;
    }

    /** The counts so far. */
    synchronized Count count() {
        Count now = read();
        last = now;
        lastAt = clock.getAsLong();
        return now;
    }

    private Count read() {
        OptionalLong kills = OptionalLong.empty();
        OptionalLong limits = OptionalLong.empty();
        for (Path file : counters) {
            List<String> lines = lines(file);
            kills = kills.isPresent() ? kills : number(lines, KILLS);
            OptionalLong reached = number(lines, LIMITS);
            if (reached.isPresent()) {
                limits = OptionalLong.of(limits.orElse(0) + reached.getAsLong());
            }
        }
        return new Count(kills, limits);
    }

    private static OptionalLong number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
