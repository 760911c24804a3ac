package io.scalable.provider.slurm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@code squeue} and {@code sacct} print, times being seconds since 1970. Pure. */
final class JobListing {

    /** The {@code --format} of squeue; the comment, which is its user's, comes last. */
    static final String SQUEUE = "%F|%K|%T|%V|%S|%e|%N|%r|%j|%k";

    /** The {@code --format} of sacct, in the same order. */
    static final String SACCT =
            "JobID,JobID,State,Submit,Start,End,NodeList,Reason,JobName,Comment";

    private static final int FIELDS = 10;

    private JobListing() {}

    /** The tasks of job arrays among the lines; whose they are is for others to say. */
    static List<SlurmJob> parse(String text) {
        var jobs = new ArrayList<SlurmJob>();
        text.lines().forEach(line -> job(line).ifPresent(jobs::add));
        return jobs;
    }

    private static Optional<SlurmJob> job(String line) {
        String[] fields = line.split("\\|", FIELDS);
        if (fields.length < FIELDS) {
            return Optional.empty();
        }
        Long array = number(before(fields[0], '_'));
        Long index = number(after(fields[1], '_'));
        if (array == null || index == null) {
            return Optional.empty();
        }
        JobTag tag =
                JobTag.parse(fields[9].strip())
                        .or(() -> JobTag.parse(fields[8].strip()))
                        .orElse(null);
        return Optional.of(
                new SlurmJob(
                        array,
                        index.intValue(),
                        tag,
                        JobState.of(fields[2]),
                        fields[7].strip(),
                        node(fields[6]),
                        time(fields[3]),
                        time(fields[4]),
                        time(fields[5])));
    }

    private static String node(String text) {
        return text.equals("None assigned") ? "" : text.strip();
    }

    private static @Nullable Instant time(String text) {
        Long seconds = number(text.strip());
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String after(String text, char mark) {
        return text.substring(text.indexOf(mark) + 1);
    }
}
