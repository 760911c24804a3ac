package io.scalable.provider.slurm;

import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.platform.PlatformException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Slurm by its commands, as they are found on PATH. */
final class SlurmCommands implements Slurm {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IDS_PER_CALL = 500;

    /** sbatch's answer: the id alone on a line, whatever a site's wrapper prints around it. */
    private static final Pattern SUBMITTED = Pattern.compile("(?m)^\\s*(\\d+)(;\\S+)?\\s*$");

    private final @Nullable String conf;
    private final String cluster;

    /** The Slurm of this machine. */
    SlurmCommands() {
        this(null, "");
    }

    /**
     * @param conf the configuration of another Slurm; null for this machine's
     * @param cluster the cluster that is asked, where a Slurm has several; empty for its own
     */
    SlurmCommands(@Nullable String conf, String cluster) {
        this.conf = conf;
        this.cluster = cluster;
    }

    @Override
    public List<String> missing() {
        String path = System.getenv("PATH");
        List<Path> folders =
                Stream.of((path == null ? "" : path).split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList();
        return Stream.of("sbatch", "squeue", "scancel")
                .filter(
                        program ->
                                folders.stream()
                                        .map(folder -> folder.resolve(program))
                                        .noneMatch(Files::isExecutable))
                .toList();
    }

    @Override
    public long submit(String script) {
        return submitted(call(List.of("sbatch", "--parsable"), script));
    }

    /** The job id that sbatch printed. */
    static long submitted(String answer) {
        Matcher id = SUBMITTED.matcher(answer);
        if (!id.find()) {
            throw new PlatformException(
                    Kind.UNKNOWN, "sbatch printed no job id, but: " + answer.strip(), null);
        }
        return Long.parseLong(id.group(1));
    }

    @Override
    public List<SlurmJob> list() {
        return JobListing.parse(call(squeue("--user=" + user()), null));
    }

    /** With jobs in hidden partitions, and those that have ended. */
    private List<String> squeue(String which) {
        return inCluster(
                "squeue",
                "--noheader",
                "--all",
                "--array",
                "--states=all",
                which,
                "--format=" + JobListing.SQUEUE);
    }

    private List<String> inCluster(String... command) {
        var all = new ArrayList<>(List.of(command));
        if (!cluster.isEmpty()) {
            all.add(1, "--clusters=" + cluster);
        }
        return all;
    }

    /** The user's number: its name may be one that only the cluster's directory knows. */
    private static String user() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name");
        }
    }

    @Override
    public List<SlurmJob> find(Collection<String> ids) {
        var found = new ArrayList<SlurmJob>();
        for (List<String> some : parts(ids)) {
            String jobs = "--jobs=" + String.join(",", some);
            found.addAll(JobListing.parse(orNothing(squeue(jobs))));
            found.addAll(
                    JobListing.parse(
                            orNothing(
                                    inCluster(
                                            "sacct",
                                            "--noheader",
                                            "--parsable2",
                                            "--allocations",
                                            jobs,
                                            "--format=" + JobListing.SACCT))));
        }
        return found;
    }

    /**
     * Where accounting is off, sacct says so by failing; squeue fails of ids that are forgotten.
     */
    private String orNothing(List<String> command) {
        try {
            return call(command, null);
        } catch (PlatformException e) {
            if (e.kind() == Kind.UNREACHABLE && command.getFirst().equals("squeue")) {
                throw e;
            }
            return "";
        }
    }

    @Override
    public void end(Collection<String> ids, Ending how) {
        for (List<String> some : parts(ids)) {
            switch (how) {
                case UNLESS_READY, ASK -> {
                    scancel(some, "--state=PENDING");
                    scancel(some, "--full", "--signal=TERM", "--state=RUNNING");
                }
                case KILL -> {
                    scancel(some, "--full", "--signal=KILL", "--state=RUNNING");
                    scancel(some);
                }
            }
        }
    }

    private static List<List<String>> parts(Collection<String> ids) {
        var all = List.copyOf(ids);
        var parts = new ArrayList<List<String>>();
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            parts.add(all.subList(from, Math.min(all.size(), from + IDS_PER_CALL)));
        }
        return parts;
    }

    private void scancel(List<String> jobs, String... options) {
        var command = new ArrayList<>(inCluster("scancel", "--quiet"));
        command.addAll(List.of(options));
        command.addAll(jobs);
        try {
            call(command, null);
        } catch (PlatformException e) {
            // A job that ended meanwhile is no error; one that did not is asked again.
            if (e.kind() == Kind.UNREACHABLE) {
                throw e;
            }
        }
    }

    /** Standard output of a command that succeeds. */
    String call(List<String> command, @Nullable String input) {
        try {
            Process process = builder(command).start();
            var out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            var err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (var in = process.getOutputStream()) {
                if (input != null) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PlatformException(
                        Kind.UNREACHABLE,
                        command.getFirst() + ": no answer in " + PATIENCE.toSeconds() + " s",
                        null);
            }
            if (process.exitValue() != 0) {
                throw SlurmErrors.failed(
                        command.getFirst(), process.exitValue(), err.join().strip());
            }
            return out.join();
        } catch (IOException e) {
            throw new PlatformException(
                    Kind.UNREACHABLE, command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(Kind.UNREACHABLE, "interrupted", e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        SlurmEnvironment.clean(environment);
        // sbatch hands its environment to the job, which has no use for it.
        if (!command.getFirst().equals("sbatch")) {
            environment.put("SLURM_TIME_FORMAT", "%s");
        }
        if (conf != null) {
            environment.put("SLURM_CONF", conf);
        }
        return builder;
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
