package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.ComponentSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of nodes of a partition offers to one job. Pure.
 *
 * @param partition its name
 * @param standard true for the partition of jobs that name none
 * @param up true if it takes jobs
 * @param longest the longest walltime; null without a limit
 * @param cpus of a node
 * @param memoryMib of a node
 */
record PartitionLimits(
        String partition,
        boolean standard,
        boolean up,
        @Nullable Duration longest,
        int cpus,
        long memoryMib) {

    /** The {@code --format} of sinfo. */
    static final String SINFO = "%P|%a|%l|%c|%m";

    private static final long MIB = 1024 * 1024;
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d+)-)?(?:(\\d+):)?(\\d+)(?::(\\d+))?");

    /** Of all lines that sinfo prints. */
    static List<PartitionLimits> parse(String text) {
        var all = new ArrayList<PartitionLimits>();
        for (String line : text.lines().toList()) {
            String[] fields = line.strip().split("\\|");
            if (fields.length == 5) {
                String name = fields[0];
                boolean standard = name.endsWith("*");
                all.add(
                        new PartitionLimits(
                                standard ? name.substring(0, name.length() - 1) : name,
                                standard,
                                fields[1].equals("up"),
                                time(fields[2]).orElse(null),
                                number(fields[3]),
                                number(fields[4])));
            }
        }
        return all;
    }

    /** {@code D-HH:MM:SS}, {@code HH:MM:SS} or {@code MM:SS}; empty for infinite. */
    static Optional<Duration> time(String text) {
        Matcher parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        long last = parts.group(4) == null ? 0 : Long.parseLong(parts.group(4));
        long middle = Long.parseLong(parts.group(3));
        long first = parts.group(2) == null ? 0 : Long.parseLong(parts.group(2));
        Duration days =
                Duration.ofDays(parts.group(1) == null ? 0 : Long.parseLong(parts.group(1)));
        // Of two numbers the first is minutes.
        return Optional.of(
                parts.group(4) == null
                        ? days.plusMinutes(first).plusSeconds(middle)
                        : days.plusHours(first).plusMinutes(middle).plusSeconds(last));
    }

    /** Why no worker of {@code component} has room on such a node; empty if one has. */
    Optional<String> lack(ComponentSpec component) {
        int wantedCpus = Math.max(1, (int) Math.ceil(component.cpus()));
        long wantedMib = Math.ceilDiv(component.memoryBytes(), MIB);
        if (wantedCpus > cpus) {
            return Optional.of("a node has %d cpus, %d are wanted".formatted(cpus, wantedCpus));
        }
        // One: memory is not counted on this cluster.
        if (memoryMib > 1 && wantedMib > memoryMib) {
            return Optional.of(
                    String.format(
                            Locale.ROOT,
                            "a node has %d MiB of memory, %d are wanted",
                            memoryMib,
                            wantedMib));
        }
        return Optional.empty();
    }

    private static int number(String text) {
        String digits = text.replaceAll("[^0-9].*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
