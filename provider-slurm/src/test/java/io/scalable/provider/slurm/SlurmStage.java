package io.scalable.provider.slurm;

import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.Deployments;
import io.scalable.provider.FakeWorkerMain;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.testkit.ADeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Slurm provider on a real Slurm, with {@link FakeWorkerMain}. */
final class SlurmStage implements ProviderStage {

    private static final SlurmPacing QUICK =
            new SlurmPacing(
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    500);

    private final Path workDir;
    private final SlurmProvider provider;

    SlurmStage(Path workDir, String slurmConf) {
        this.workDir = workDir;
        this.provider =
                new SlurmProvider(
                        FakeSlurmStage.settings(workDir),
                        new SlurmCommands(slurmConf),
                        FakeWorkerMain.class.getName(),
                        QUICK,
                        "",
                        () -> {});
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
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
