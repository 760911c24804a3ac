package io.scalable.provider.slurm;

import io.scalable.provider.slurm.SlurmException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Slurm by its commands, as they are found on PATH. */
final class SlurmCommands implements Slurm {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int IDS_PER_CALL = 500;
    private static final String USER = System.getProperty("user.name");

    private static final Pattern NOBODY_ANSWERS =
            Pattern.compile(
                    "Unable to contact|[Cc]onnection (refused|timed out|reset)|[Tt]imed out"
                            + "|communication (failure|error)|in standby mode|Zero Bytes"
                            + "|Protocol authentication error|Transport endpoint");
    private static final Pattern A_LIMIT =
            Pattern.compile(
                    "MaxSubmit|MaxJobs|QOS policy|accounting/QOS|temporarily (unable|unavailable)"
                            + "|[Ii]nvalid job array specification|too many jobs");

    /** What the commands put before their errors. */
    private static final Pattern SAID_BY = Pattern.compile("^\\w+: (error: )?");

    private final @Nullable String conf;

    /** The Slurm of this machine. */
    SlurmCommands() {
        this(null);
    }

    /**
     * @param conf the configuration of another Slurm; null for this machine's
     */
    SlurmCommands(@Nullable String conf) {
        this.conf = conf;
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
        String answer = call(List.of("sbatch", "--parsable"), script).strip();
        String id = answer.split(";", 2)[0];
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new SlurmException(
                    Kind.UNAVAILABLE, "sbatch printed no job id, but: " + answer, e);
        }
    }

    @Override
    public List<SlurmJob> list() {
        return JobListing.parse(
                call(
                        List.of(
                                "squeue",
                                "--noheader",
                                "--array",
                                "--states=all",
                                "--user=" + USER,
                                "--format=" + JobListing.SQUEUE),
                        null));
    }

    @Override
    public Optional<SlurmJob> find(SlurmJob job) {
        try {
            String lines =
                    call(
                            List.of(
                                    "sacct",
                                    "--noheader",
                                    "--parsable2",
                                    "--allocations",
                                    "--jobs=" + job.id(),
                                    "--format=" + JobListing.SACCT),
                            null);
            return JobListing.parse(lines).stream().findFirst();
        } catch (SlurmException e) {
            // Where accounting is off, sacct says so by failing: then the controller was all.
            return Optional.empty();
        }
    }

    @Override
    public void cancel(Collection<String> jobs, Cancel how) {
        var all = List.copyOf(jobs);
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            var some = all.subList(from, Math.min(all.size(), from + IDS_PER_CALL));
            switch (how) {
                case PENDING -> scancel(some, "--state=PENDING");
                case TERMINATE -> {
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

    private void scancel(List<String> jobs, String... options) {
        var command = new ArrayList<String>(List.of("scancel", "--quiet"));
        command.addAll(List.of(options));
        command.addAll(jobs);
        try {
            call(command, null);
        } catch (SlurmException e) {
            // A job that ended meanwhile is no error; one that did not is asked again.
            if (e.kind() == Kind.UNAVAILABLE) {
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
                throw new SlurmException(
                        Kind.UNAVAILABLE,
                        command.getFirst() + ": no answer in " + PATIENCE.toSeconds() + " s",
                        null);
            }
            if (process.exitValue() != 0) {
                throw failed(command.getFirst(), process.exitValue(), err.join().strip());
            }
            return out.join();
        } catch (IOException e) {
            throw new SlurmException(
                    Kind.UNAVAILABLE, command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SlurmException(Kind.UNAVAILABLE, "interrupted", e);
        }
    }

    static SlurmException failed(String program, int status, String error) {
        Kind kind =
                NOBODY_ANSWERS.matcher(error).find()
                        ? Kind.UNAVAILABLE
                        : A_LIMIT.matcher(error).find() ? Kind.LIMIT : Kind.REFUSED;
        String words =
                error.lines()
                        .map(line -> SAID_BY.matcher(line.strip()).replaceFirst(""))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("; "));
        return new SlurmException(
                kind, program + ": " + (words.isEmpty() ? "status " + status : words), null);
    }

    /**
     * Without what the environment says of jobs: {@code SBATCH_PARTITION} and its kin would
     * silently outdo the script, and inside a job {@code SLURM_*} would describe that job.
     */
    private ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command);
        var env = builder.environment();
        env.keySet()
                .removeIf(
                        name ->
                                name.startsWith("SBATCH_")
                                        || (name.startsWith("SLURM_")
                                                && !name.equals("SLURM_CONF")
                                                && !name.equals("SLURM_CLUSTERS")));
        env.put("SLURM_TIME_FORMAT", "%s");
        if (conf != null) {
            env.put("SLURM_CONF", conf);
        }
        return builder;
    }

    private static String read(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
