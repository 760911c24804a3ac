package io.scalable.provider.slurm;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.shell.ShellWord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A job of a minute that calls back from a compute node, as workers will, and leaves a word in the
 * folder that workers' files will be in.
 */
public final class ProbeJob {

    private static final String WHAT = "probe job";
    private static final int LOOK_MILLIS = 1000;

    private final SlurmCommands slurm;
    private final DeploymentSpec deployment;
    private final Path folder;

    /**
     * @param folder seen by the compute nodes as well; made if missing
     */
    public ProbeJob(DeploymentSpec deployment, Path folder) {
        this.deployment = deployment;
        this.slurm = new SlurmCommands(null, SlurmTarget.of(deployment).cluster());
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Submits the job and waits for its call.
     *
     * @param host an address of this machine
     * @param port 0 for a free one
     * @param patience for the job to start and call
     */
    public Checkup run(String host, int port, Duration patience) {
        try (var server = new ServerSocket(port, 8, InetAddress.getByName(host))) {
            Files.createDirectories(folder);
            String word = UUID.randomUUID().toString();
            Path log = folder.resolve("probe-" + word + ".log");
            String address = host + ":" + server.getLocalPort();
            String job =
                    String.valueOf(slurm.submit(script(host, server.getLocalPort(), word, log)));
            try {
                return await(server, address, job, word, log, Instant.now().plus(patience));
            } finally {
                slurm.end(List.of(job), Ending.KILL);
                Files.deleteIfExists(log);
            }
        } catch (PlatformException e) {
            return Checkup.failed(WHAT, e.text());
        } catch (IOException e) {
            return Checkup.failed(
                    WHAT,
                    "cannot listen on "
                            + host
                            + ":"
                            + port
                            + " or write "
                            + folder
                            + ": "
                            + e.getMessage()
                            + "; see the target's interface and comm_port");
        }
    }

    private String script(String host, int port, String word, Path log) {
        var out = new StringBuilder("#!/bin/bash\n");
        out.append("#SBATCH --job-name=scalable-probe\n");
        out.append("#SBATCH --time=00:01:00\n#SBATCH --ntasks=1\n");
        SlurmTarget.of(deployment)
                .directives()
                .forEach((o, value) -> out.append("#SBATCH %s=%s\n".formatted(o, value)));
        out.append("#SBATCH --output=/dev/null\n\n");
        out.append("node=$(hostname)\n");
        out.append("echo \"$node\" > ").append(ShellWord.of(log.toString())).append('\n');
        out.append("exec 3<>/dev/tcp/")
                .append(host)
                .append('/')
                .append(port)
                .append(" || exit 1\n");
        out.append("echo \"").append(word).append(" $node\" >&3\n");
        return out.toString();
    }

    private Checkup await(
            ServerSocket server, String address, String job, String word, Path log, Instant until)
            throws IOException {
        server.setSoTimeout(LOOK_MILLIS);
        String state = "";
        while (Instant.now().isBefore(until)) {
            try (Socket call = server.accept()) {
                call.setSoTimeout(LOOK_MILLIS);
                String line =
                        new BufferedReader(
                                        new InputStreamReader(
                                                call.getInputStream(), StandardCharsets.UTF_8))
                                .readLine();
                if (line != null && line.startsWith(word)) {
                    return called(line.substring(word.length()).strip(), address, log);
                }
            } catch (SocketTimeoutException e) {
                state = state(job);
                if (state.isEmpty()) {
                    return silent(address, log);
                }
            }
        }
        return Checkup.failed(
                WHAT,
                "job "
                        + job
                        + " did not call in time; it is "
                        + state
                        + "; try again with a longer --wait, or on another partition");
    }

    private Checkup called(String node, String address, Path log) throws IOException {
        return Files.exists(log)
                ? Checkup.ok(WHAT, "node " + node + " reaches " + address + " and " + folder)
                : Checkup.failed(
                        WHAT,
                        "node "
                                + node
                                + " does not write to this machine's "
                                + folder
                                + "; keep runs on a folder that all nodes share (--runs-dir)");
    }

    private Checkup silent(String address, Path log) throws IOException {
        String node = Files.exists(log) ? Files.readString(log).strip() : "a node";
        return Checkup.failed(
                WHAT,
                "it ran on "
                        + node
                        + " and did not reach "
                        + address
                        + "; set interface: to a network that nodes see, and comm_port: to a port"
                        + " that the firewall lets through");
    }

    /** How the job is; empty once it is over. */
    private String state(String job) {
        try {
            String line =
                    slurm.call(
                                    List.of(
                                            "squeue",
                                            "--noheader",
                                            "--jobs=" + job,
                                            "--format=%T|%r"),
                                    null)
                            .strip();
            String[] fields = line.split("\\|", 2);
            if (JobState.of(fields[0]).kind() == JobState.Kind.ENDED || line.isEmpty()) {
                return "";
            }
            return fields[0] + (fields.length > 1 ? " (" + fields[1] + ")" : "");
        } catch (PlatformException e) {
            // squeue of a job that the controller has forgotten fails.
            return e.text().contains("Invalid job id") ? "" : "unknown: " + e.text();
        }
    }
}
