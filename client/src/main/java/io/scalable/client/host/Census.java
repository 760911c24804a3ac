package io.scalable.client.host;

import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.provider.backend.LaunchedWorkers;
import io.scalable.provider.backend.LaunchedWorkers.LaunchedWorker;
import io.scalable.provider.cloud.aws.AwsWorkers;
import io.scalable.provider.cloud.gcp.CloudRunWorkers;
import io.scalable.provider.cloud.gcp.GkeClients;
import io.scalable.provider.cloud.kubernetes.KubernetesWorkers;
import io.scalable.provider.slurm.SlurmJobs;
import java.time.Instant;

/** Where workers are looked for that nobody may look after any more. */
public final class Census {

    private Census() {}

    /**
     * This user's jobs on the Slurm of this machine.
     *
     * @throws IllegalArgumentException if Slurm's commands are not here
     */
    public static LaunchedWorkers ofSlurm() {
        var jobs = new SlurmJobs();
        if (!jobs.missing().isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", jobs.missing())
                            + " cannot be found on PATH; run this where Slurm's commands are, or"
                            + " name another target with --target");
        }
        return jobs;
    }

    /**
     * Where a manifest's target runs.
     *
     * @throws IllegalArgumentException if workers there cannot outlive their run, or cannot be
     *     looked for
     */
    public static LaunchedWorkers of(ResolvedManifest manifest) {
        TargetSpec target =
                manifest.deployment(
                                new DeploymentRequest(
                                        "sweep",
                                        Instant.EPOCH,
                                        "sweep",
                                        manifest.directory().toUri(),
                                        null,
                                        null))
                        .target();
        return switch (target.provider()) {
            case "slurm" -> ofSlurm();
            case "kubernetes" -> pods(connected(target), target);
            case "aws" -> tasks(new AwsWorkers(target));
            case "gcp" ->
                    target.text("cluster_type", "gke").equals("cloudrun")
                            ? pools(CloudRunWorkers.of(target))
                            : pods(
                                    new KubernetesWorkers(GkeClients.ofThisProcess().apply(target)),
                                    target);
            default ->
                    throw new IllegalArgumentException(
                            "workers of target '"
                                    + target.name()
                                    + "' (provider "
                                    + target.provider()
                                    + ") end with the process that launched them: nothing to"
                                    + " sweep");
        };
    }

    private static KubernetesWorkers connected(TargetSpec target) {
        String context = target.text("context", "");
        return KubernetesWorkers.connect(context.isEmpty() ? null : context);
    }

    private static LaunchedWorkers pods(KubernetesWorkers cloud, TargetSpec target) {
        return new CloudWorkers<>(
                () ->
                        cloud.all(target.text("namespace", "default")).stream()
                                .filter(pod -> !pod.ended())
                                .toList(),
                pod ->
                        new LaunchedWorker(
                                pod.namespace() + "/" + pod.name(),
                                pod.deploymentId(),
                                pod.workerId(),
                                "pod " + pod.name() + ", " + pod.state()),
                cloud::delete,
                cloud::close);
    }

    private static LaunchedWorkers tasks(AwsWorkers cloud) {
        return new CloudWorkers<>(
                cloud::alive,
                task ->
                        new LaunchedWorker(
                                task.handle(),
                                task.deploymentId(),
                                task.workerId(),
                                task.description()),
                cloud::end,
                cloud::close);
    }

    private static LaunchedWorkers pools(CloudRunWorkers cloud) {
        return new CloudWorkers<>(
                cloud::list,
                pool ->
                        new LaunchedWorker(
                                pool.pool(),
                                pool.deploymentId(),
                                pool.workerId(),
                                "worker pool " + pool.pool() + ", " + pool.state()),
                pools -> pools.forEach(cloud::delete),
                cloud::close);
    }
}
