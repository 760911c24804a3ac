package io.scalable.provider.slurm;

import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.FakeWorkerMain;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.platform.Traits;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Slurm provider on a real Slurm, with {@link FakeWorkerMain}. */
final class SlurmStage implements ProviderStage {

    private static final Traits QUICK =
            new Traits(
                    false,
                    500,
                    1,
                    10,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5));

    private final Path workDir;
    private final ReportedWorkers reported = new ReportedWorkers();
    private final SlurmProvider provider;

    SlurmStage(Path workDir, String slurmConf) {
        this.workDir = workDir;
        this.provider =
                new SlurmProvider(
                        FakeSlurmStage.settings(workDir),
                        cluster -> new SlurmCommands(slurmConf, cluster),
                        FakeWorkerMain.class.getName(),
                        _ -> QUICK,
                        "",
                        reported,
                        () -> {});
    }

    @Override
    public DeploymentProvider provider() {
        hear();
        return provider;
    }

    /** Without a broker workers speak by a file. */
    private void hear() {
        try (var files = Files.list(Files.createDirectories(workDir.resolve("workers")))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ready"))
                    .map(name -> name.substring(0, name.length() - ".ready".length()))
                    .filter(worker -> !reported.wasReady(worker))
                    .forEach(
                            worker -> {
                                boolean unused =
                                        reported.heard(
                                                new WorkerHeartbeat(
                                                        "d",
                                                        worker,
                                                        "c",
                                                        1,
                                                        0,
                                                        List.of(),
                                                        false,
                                                        null,
                                                        Instant.EPOCH));
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ADeployment deployment(String id) {
        return Deployments.aDeployment(id).provider("slurm").deadline(600);
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return workers().map(this::workerId).collect(Collectors.toSet());
    }

    @Override
    public void leave(String workerId) {
        try {
            var files = WorkerFiles.in(workDir, workerId);
            Files.createFile(FakeWorkerMain.leaveFile(files.config()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void crash(String workerId) {
        workers()
                .filter(process -> workerId(process).equals(workerId))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        workers().forEach(ProcessHandle::destroyForcibly);
    }

    /** Processes of this machine whose last word is a settings file of this stage. */
    private Stream<ProcessHandle> workers() {
        return ProcessHandle.allProcesses().filter(process -> !workerId(process).isEmpty());
    }

    private static String lastWord(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            String[] words = line.split("\0");
            return words.length == 0 ? "" : words[words.length - 1];
        } catch (IOException e) {
            return "";
        }
    }

    private String workerId(ProcessHandle process) {
        String word = lastWord(process);
        String folder = workDir.resolve("workers") + "/";
        return word.startsWith(folder) && word.endsWith(".json")
                ? word.substring(folder.length(), word.length() - ".json".length())
                : "";
    }
}
