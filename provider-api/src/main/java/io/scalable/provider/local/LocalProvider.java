package io.scalable.provider.local;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.cost.CostEstimates;
import io.scalable.provider.worker.WorkerJvm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs workers on this machine. Option {@code processes: false} makes them threads of this JVM,
 * {@code processes: true} a JVM each, and so do {@code containers} and a component with a {@code
 * preload_script}, which needs a shell.
 */
public final class LocalProvider implements DeploymentProvider {

    private final LocalLauncher threads;
    private final LocalLauncher processes;
    private final int processors;
    private final String path;
    private final Map<String, LocalBackend> backends = new HashMap<>();

    /**
     * @param changed called by any thread when a worker has ended, so that the host looks at once
     */
    public LocalProvider(LocalSettings settings, Runnable changed) {
        this(
                new ThreadLauncher(settings, WorkerSession::of, changed),
                new ProcessLauncher(settings, WorkerJvm.MAIN, changed),
                Runtime.getRuntime().availableProcessors(),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    LocalProvider(LocalLauncher threads, LocalLauncher processes, int processors, String path) {
        this.threads = threads;
        this.processes = processes;
        this.processors = processors;
        this.path = path;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public ValidationReport validate(DeploymentSpec deployment) {
        var findings = new ArrayList<Finding>();
        String target = "targets." + deployment.target().name();
        LocalImages.runtime(deployment.target())
                .filter(runtime -> runtime.find(path).isEmpty())
                .ifPresent(
                        runtime ->
                                findings.add(
                                        new Finding(
                                                Severity.ERROR,
                                                target + ".containers",
                                                "needs the program "
                                                        + runtime.program()
                                                        + ", which is not on PATH; install it, or"
                                                        + " set containers: none")));
        for (ComponentSpec component : deployment.components()) {
            if (component.cpus() > processors) {
                findings.add(
                        new Finding(
                                Severity.WARNING,
                                "components." + component.name() + ".cpus",
                                "asks for %s cpus, this machine has %d; its workers run slower"
                                        .formatted(component.cpus(), processors)));
            }
        }
        return new ValidationReport(findings);
    }

    @Override
    public ClusterHandle buildCluster(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        boolean asProcesses =
                deployment.target().flag("processes")
                        || LocalImages.runtime(deployment.target()).isPresent()
                        || deployment.components().stream()
                                .anyMatch(component -> component.preloadScript() != null);
        LocalLauncher launcher = asProcesses ? processes : threads;
        LocalBackend backend =
                backends.computeIfAbsent(
                        id, _ -> new LocalBackend(launcher, () -> backends.remove(id)));
        return new ClusterHandle(deployment, backend);
    }

    @Override
    public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
        return CostEstimates.of(deployment, plan);
    }
}
