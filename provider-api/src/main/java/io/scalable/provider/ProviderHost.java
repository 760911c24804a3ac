package io.scalable.provider;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.worker.Launch;
import io.scalable.provider.backend.RefusingBackend;
import io.scalable.provider.reconcile.Timings;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs the reconcile loop for every deployment whose {@code providerHost} is this host. Feed it
 * deployments and plans in any order and call {@link #tick()} a few times a second, and at once
 * when a worker is known to have ended.
 *
 * <p>Whatever a provider throws touches the one deployment that it was asked about: {@link
 * HostTroubles} says how. Only a ledger that cannot be written is everybody's trouble: {@link
 * #tick()} throws {@link LedgerUnavailableException} then, and the next one goes on.
 *
 * <p>Single-threaded: all calls come from one thread.
 */
public final class ProviderHost implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProviderHost.class.getName());

    private final String hostId;
    private final Map<String, DeploymentProvider> providers = new TreeMap<>();
    private final LaunchLedger ledger;
    private final LifecycleSink sink;
    private final Predicate<String> lives;
    private final InstantSource clock;
    private final Timings timings;
    private final HostTroubles troubles;

    private final Map<String, List<Launch>> recovered = new HashMap<>();
    private final Map<String, HostedDeployment> deployments = new LinkedHashMap<>();
    private final Map<String, ScalePlan> earlyPlans = new HashMap<>();

    /** Of deployments that could not be built: their workers of before a restart may be there. */
    private final Map<String, DeploymentSpec> unbuilt = new HashMap<>();

    /** Reads the ledger to its end; see {@link Timings#defaults()}. */
    public ProviderHost(
            String hostId,
            List<DeploymentProvider> providers,
            LaunchLedger ledger,
            LifecycleSink sink,
            InstantSource clock) {
        this(hostId, providers, ledger, sink, _ -> {}, _ -> false, clock, Timings.defaults());
    }

    public ProviderHost(
            String hostId,
            List<DeploymentProvider> providers,
            LaunchLedger ledger,
            LifecycleSink sink,
            InstantSource clock,
            Timings timings) {
        this(hostId, providers, ledger, sink, _ -> {}, _ -> false, clock, timings);
    }

    /**
     * @param events hears of deployments that are set aside and released
     * @param lives whether a worker itself was heard just now; any thread may learn of it
     */
    public ProviderHost(
            String hostId,
            List<DeploymentProvider> providers,
            LaunchLedger ledger,
            LifecycleSink sink,
            Consumer<ServiceEvent> events,
            Predicate<String> lives,
            InstantSource clock,
            Timings timings) {
        this.hostId = hostId;
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        this.ledger = ledger;
        this.sink = sink;
        this.lives = lives;
        this.clock = clock;
        this.timings = timings;
        this.troubles = new HostTroubles(hostId, events);
        for (Launch launch : ledger.read()) {
            recovered.computeIfAbsent(launch.deploymentId(), _ -> new ArrayList<>()).add(launch);
        }
    }

    /** The names of the providers, in order. */
    public List<String> providers() {
        return List.copyOf(providers.keySet());
    }

    /**
     * A deployment was published, or published again. One whose last workers of before are still
     * ending begins anew beside them.
     */
    public void deploymentChanged(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        if (!deployment.providerHost().equals(hostId)) {
            earlyPlans.remove(id);
            recovered.remove(id);
            unbuilt.remove(id);
            return;
        }
        troubles.release(id, clock.instant());
        try {
            take(deployment);
        } catch (RuntimeException | LinkageError e) {
            if (!deployments.containsKey(id)) {
                unbuilt.put(id, deployment);
            }
            troubles.setAside(id, e, clock.instant());
        }
        look(id);
    }

    /** A deployment has ended: its workers are asked to end, and killed if they do not. */
    public void deploymentEnded(String deploymentId) {
        troubles.release(deploymentId, clock.instant());
        DeploymentSpec lost = unbuilt.remove(deploymentId);
        if (lost != null && recovered.containsKey(deploymentId)) {
            adopt(lost);
        }
        earlyPlans.remove(deploymentId);
        HostedDeployment hosted = deployments.get(deploymentId);
        if (hosted != null) {
            hosted.end();
            look(deploymentId);
        }
    }

    /** A plan was published. It may come before its deployment; an older one changes nothing. */
    public void planChanged(ScalePlan plan) {
        String id = plan.deploymentId();
        HostedDeployment hosted = deployments.get(id);
        if (hosted == null || hosted.ended()) {
            earlyPlans.merge(
                    id, plan, (old, next) -> next.generation() > old.generation() ? next : old);
            return;
        }
        try {
            scale(hosted.handle(), plan);
        } catch (RuntimeException | LinkageError e) {
            troubles.setAside(id, e, clock.instant());
        }
        look(id);
    }

    /** A deployment's plan is void: the next one counts, whatever its generation. */
    public void planEnded(String deploymentId) {
        earlyPlans.remove(deploymentId);
        HostedDeployment hosted = deployments.get(deploymentId);
        if (hosted != null) {
            hosted.handle().forgetPlan();
        }
    }

    /**
     * One pass over all deployments.
     *
     * @throws LedgerUnavailableException if the launch ledger cannot be written
     */
    public void tick() {
        List.copyOf(deployments.keySet()).forEach(this::reconcile);
    }

    /** True once no deployment of this host has workers, nor may get any. */
    public boolean idle() {
        return deployments.isEmpty();
    }

    /** Lets go of all backends; workers that cannot live without this process are ended. */
    @Override
    public void close() {
        deployments.forEach(
                (id, hosted) -> {
                    try {
                        hosted.close(clock.instant());
                    } catch (RuntimeException | LinkageError e) {
                        LOG.log(Level.WARNING, "deployment " + id + ": its close failed", e);
                    }
                });
        deployments.clear();
    }

    /** Builds what is new, changes what is there; what was early or is from before counts now. */
    private void take(DeploymentSpec deployment) {
        String id = deployment.deploymentId();
        HostedDeployment hosted = deployments.get(id);
        if (hosted == null) {
            hosted = host(build(deployment), recovered.getOrDefault(id, List.of()));
            deployments.put(id, hosted);
            recovered.remove(id);
            unbuilt.remove(id);
        } else if (hosted.ended()) {
            hosted.begin(build(deployment));
        } else {
            change(hosted, deployment);
        }
        ScalePlan plan = earlyPlans.remove(id);
        if (plan != null) {
            scale(hosted.handle(), plan);
        }
    }

    /** Workers of before a restart must end although their deployment could not be built. */
    private void adopt(DeploymentSpec ended) {
        try {
            take(ended);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    Level.ERROR,
                    "deployment "
                            + ended.deploymentId()
                            + " has ended, and its provider cannot be asked for its workers: "
                            + recovered.getOrDefault(ended.deploymentId(), List.of()).stream()
                                    .map(Launch::workerId)
                                    .toList()
                            + "; 'scalable sweep' finds those that are left",
                    e);
        }
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
        return new HostedDeployment(handle, known, ledger, sink, lives, timings);
    }

    /** A pass at once. What the ledger keeps from being done is the next tick's. */
    private void look(String id) {
        try {
            reconcile(id);
        } catch (LedgerUnavailableException e) {
            LOG.log(Level.DEBUG, "deployment " + id + " waits for the launch ledger", e);
        }
    }

    private void reconcile(String id) {
        HostedDeployment hosted = deployments.get(id);
        if (hosted == null || !troubles.due(id, clock.instant())) {
            return;
        }
        try {
            hosted.reconcile(clock.instant());
            if (hosted.finished()) {
                hosted.close(clock.instant());
                deployments.remove(id);
            }
            troubles.worked(id);
        } catch (LedgerUnavailableException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            troubles.failed(id, e, hosted.ended(), clock.instant());
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
