package io.scalable.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many processes the kernel has killed for lack of memory in this process's control group, as
 * Linux counts them ({@code oom_kill}). Thread-safe.
 */
final class OutOfMemoryKills {

    private static final String COUNTER = "oom_kill ";

    private final List<Path> counters;

    /**
     * @param counters files that may hold the counter; the first that does is believed
     */
    OutOfMemoryKills(List<Path> counters) {
        this.counters = List.copyOf(counters);
    }

    /** Those of this process's own control group, of either version. */
    static OutOfMemoryKills here() {
        var counters = new ArrayList<Path>();
        Path root = Path.of("/sys/fs/cgroup");
        for (String line : lines(Path.of("/proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[0].equals("0")) {
                counters.add(Path.of(root + parts[2], "memory.events"));
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                counters.add(Path.of(root + "/memory" + parts[2], "memory.oom_control"));
            }
        }
        // Within a container the group's path is the host's, and its files lie at the root.
        counters.add(root.resolve("memory.events"));
        counters.add(root.resolve("memory/memory.oom_control"));
        return new OutOfMemoryKills(counters);
    }

    /** The count so far; empty where the system does not tell. */
    OptionalLong count() {
        return counters.stream()
                .flatMap(file -> lines(file).stream())
                .filter(line -> line.startsWith(COUNTER))
                .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length()).strip()))
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
