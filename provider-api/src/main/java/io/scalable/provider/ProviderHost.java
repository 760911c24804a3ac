package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.backend.RefusingBackend;
import io.scalable.provider.reconcile.Timings;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs the reconcile loop for every deployment whose {@code providerHost} is this host. Feed it
 * deployments and plans in any order and call {@link #tick()} a few times a second, and at once
 * when a worker is known to have ended.
 *
 * <p>Single-threaded: all calls come from one thread.
 */
public final class ProviderHost implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProviderHost.class.getName());

    private final String hostId;
    private final Map<String, DeploymentProvider> providers = new TreeMap<>();
    private final LaunchLedger ledger;
    private final LifecycleSink sink;
    private final InstantSource clock;
    private final Timings timings;

    private final Map<String, List<Launch>> recovered = new HashMap<>();
    private final Map<String, HostedDeployment> deployments = new LinkedHashMap<>();
    private final Map<String, ScalePlan> earlyPlans = new HashMap<>();
    private final Set<String> troubled = new HashSet<>();

    /** Reads the ledger to its end; see {@link Timings#defaults()}. */
    public ProviderHost(
            String hostId,
            List<DeploymentProvider> providers,
            LaunchLedger ledger,
            LifecycleSink sink,
            InstantSource clock) {
        this(hostId, providers, ledger, sink, clock, Timings.defaults());
    }

    public ProviderHost(
            String hostId,
            List<DeploymentProvider> providers,
            LaunchLedger ledger,
            LifecycleSink sink,
            InstantSource clock,
            Timings timings) {
        this.hostId = hostId;
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        this.ledger = ledger;
        this.sink = sink;
        this.clock = clock;
        this.timings = timings;
        for (Launch launch : ledger.read()) {
            recovered.computeIfAbsent(launch.deploymentId(), _ -> new ArrayList<>()).add(launch);
        }
    }

    /** A deployment was published, or published again. */
    public void deploymentChanged(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        ScalePlan plan = earlyPlans.remove(id);
        List<Launch> known = recovered.remove(id);
        if (!deployment.providerHost().equals(hostId)) {
            return;
        }
        HostedDeployment hosted = deployments.get(id);
        if (hosted == null) {
            ClusterHandle handle = build(deployment);
            hosted = host(handle, known == null ? List.of() : known);
            deployments.put(id, hosted);
        } else {
            change(hosted, deployment);
        }
        if (plan != null) {
            scale(hosted.handle(), plan);
        }
        reconcile(id, hosted);
    }

    /** A deployment has ended: its workers are asked to end, and killed if they do not. */
    public void deploymentEnded(String deploymentId) {
        earlyPlans.remove(deploymentId);
        HostedDeployment hosted = deployments.get(deploymentId);
        if (hosted != null) {
            hosted.end();
            reconcile(deploymentId, hosted);
        }
    }

    /** A plan was published. It may come before its deployment; an older one changes nothing. */
    public void planChanged(ScalePlan plan) {
        HostedDeployment hosted = deployments.get(plan.deploymentId());
        if (hosted == null) {
            earlyPlans.merge(
                    plan.deploymentId(),
                    plan,
                    (old, next) -> next.generation() > old.generation() ? next : old);
            return;
        }
        scale(hosted.handle(), plan);
        reconcile(plan.deploymentId(), hosted);
    }

    /** One pass over all deployments. */
    public void tick() {
        Map.copyOf(deployments).forEach(this::reconcile);
    }

    /** True once no deployment of this host has workers, nor may get any. */
    public boolean idle() {
        return deployments.isEmpty();
    }

    /** Lets go of all backends; workers that cannot live without this process are ended. */
    @Override
    public void close() {
        deployments.forEach((id, hosted) -> guarded(id, () -> hosted.close(clock.instant())));
        deployments.clear();
    }

    /** A change that cannot run leaves the deployment as it was. */
    private void change(HostedDeployment hosted, DeploymentSpec deployment) {
        ClusterHandle handle = build(deployment);
        boolean refused = handle.backend() instanceof RefusingBackend;
        if (!refused || hosted.handle().backend() instanceof RefusingBackend) {
            hosted.change(handle);
        }
    }

    private HostedDeployment host(ClusterHandle handle, List<Launch> known) {
        return new HostedDeployment(handle, known, ledger, sink, timings);
    }

    private void reconcile(String id, HostedDeployment hosted) {
        guarded(
                id,
                () -> {
                    hosted.reconcile(clock.instant());
                    if (hosted.finished()) {
                        hosted.close(clock.instant());
                        deployments.remove(id);
                    }
                });
    }

    /**
     * One deployment's trouble must not keep the others from being served. It is logged once until
     * it is over.
     */
    private void guarded(String id, Runnable work) {
        try {
            work.run();
            troubled.remove(id);
        } catch (RuntimeException e) {
            if (troubled.add(id)) {
                LOG.log(Level.ERROR, "deployment " + id + ": a pass failed, to be tried again", e);
            }
        }
    }

    private void scale(ClusterHandle handle, ScalePlan plan) {
        provider(handle.deployment())
                .ifPresentOrElse(provider -> provider.scale(handle, plan), () -> handle.want(plan));
    }

    private Optional<DeploymentProvider> provider(DeploymentSpec deployment) {
        return Optional.ofNullable(providers.get(deployment.target().provider()));
    }

    /** A deployment that cannot run gets a backend that says why at each launch. */
    private ClusterHandle build(DeploymentSpec deployment) {
        DeploymentProvider provider = provider(deployment).orElse(null);
        if (provider == null) {
            return refusing(
                    deployment,
                    "host '"
                            + hostId
                            + "' has no provider '"
                            + deployment.target().provider()
                            + "'; it has "
                            + providers.keySet());
        }
        ValidationReport report = provider.validate(deployment);
        return report.ok()
                ? provider.buildCluster(deployment)
                : refusing(deployment, report.errors());
    }

    private static ClusterHandle refusing(DeploymentSpec deployment, String reason) {
        LOG.log(Level.ERROR, "deployment {0} cannot run: {1}", deployment.deploymentId(), reason);
        return new ClusterHandle(deployment, new RefusingBackend(reason));
    }
}
