package io.scalable.provider.local;

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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The local provider with {@code processes: true} and {@link FakeWorkerMain}. */
final class ProcessStage implements ProviderStage {

    private final Path workDir;
    private final LocalProvider provider;

    ProcessStage(Path workDir) {
        this(workDir, () -> {});
    }

    ProcessStage(Path workDir, Runnable changed) {
        this.workDir = workDir;
        LocalLauncher processes =
                new ProcessLauncher(
                        LocalSettings.of(workDir, Map.of()),
                        FakeWorkerMain.class.getName(),
                        changed);
        provider = new LocalProvider(processes, processes, 2, "");
    }

    @Override
    public DeploymentProvider provider() {
        return provider;
    }

    @Override
    public ADeployment deployment(String id) {
        return Deployments.withProcesses(id);
    }

    @Override
    public Set<String> alive(String deploymentId) {
        return workers()
                .map(ProcessStage::workerId)
                .filter(id -> id.startsWith(deploymentId + "-"))
                .collect(Collectors.toSet());
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

    /** This JVM's children that were started with a worker's settings. */
    private static Stream<ProcessHandle> workers() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(process -> !workerId(process).isEmpty());
    }

    /** The kernel's own word: the JDK gives no arguments of so long a command line. */
    private static String workerId(ProcessHandle process) {
        try {
            String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            String settings = command.strip().substring(command.lastIndexOf('/') + 1);
            int end = settings.indexOf(".json");
            return end < 0 ? "" : settings.substring(0, end);
        } catch (IOException e) {
            return "";
        }
    }
}
