package io.scalable.client;

import io.scalable.client.host.HostedProviders;
import io.scalable.client.host.RemoteBrokers;
import io.scalable.client.host.RemoteBundle;
import io.scalable.client.host.SharedPlaces;
import io.scalable.client.run.LiveRun;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunHistory;
import io.scalable.client.run.RunOptions;
import io.scalable.client.run.Runs;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.contracts.scaling.ScaleRequested.Mode;
import io.scalable.manifest.DeploymentRequest;
import io.scalable.manifest.ManifestException;
import io.scalable.manifest.Manifests;
import io.scalable.manifest.ResolvedManifest;
import io.scalable.planning.ScaleDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A manifest and a target, ready to be planned and started. The first start brings up what the
 * target needs: a control plane where it names no brokers, and the workers' host in this program.
 * {@link #close()} takes down all of it.
 */
public final class ScalableSession implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ScalableSession.class.getName());

    private final String yaml;
    private final ResolvedManifest manifest;
    private final SessionOptions options;
    private final InstantSource clock = InstantSource.system();
    private final String hostId = "sdk-" + Ids.random(8);
    private final List<ScalableClient> clients = new ArrayList<>();
    private @Nullable ControlPlane controlPlane;
    private @Nullable WorkerHost workerHost;
    private boolean closed;

    private ScalableSession(String yaml, ResolvedManifest manifest, SessionOptions options) {
        this.yaml = yaml;
        this.manifest = manifest;
        this.options = options;
    }

    /** See {@link #fromYaml(Path, String, SessionOptions)}. */
    public static ScalableSession fromYaml(String file, @Nullable String target) {
        return fromYaml(Path.of(file), target);
    }

    /** See {@link #fromYaml(Path, String, SessionOptions)}. */
    public static ScalableSession fromYaml(Path file, @Nullable String target) {
        return fromYaml(file, target, SessionOptions.defaults());
    }

    /**
     * Reads a manifest; starts nothing.
     *
     * @param target the target's name; null chooses as the command line does
     * @throws ManifestException if the manifest has errors or no such target; lists them all
     * @throws UncheckedIOException if it cannot be read
     */
    public static ScalableSession fromYaml(
            Path file, @Nullable String target, SessionOptions options) {
        try {
            Map<String, String> env = System.getenv();
            ResolvedManifest manifest = Manifests.load(file, env).resolve(target, null, env);
            return new ScalableSession(Files.readString(file), manifest, options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest " + file, e);
        }
    }

    /** The same from text at hand; relative paths mean the current folder. */
    static ScalableSession fromText(String yaml, String name, SessionOptions options) {
        Map<String, String> env = System.getenv();
        ResolvedManifest manifest =
                Manifests.parse(yaml, name, Path.of(""), env).resolve(null, null, env);
        return new ScalableSession(yaml, manifest, options);
    }

    /** Plans as the target says; see {@link #plan(PlanOptions)}. */
    public RunPlan plan() {
        return plan(PlanOptions.defaults());
    }

    /**
     * Looks whether the target can be run from here, as {@link #start} does first. Starts nothing.
     *
     * @throws IllegalStateException if it cannot; says why
     */
    public void check() {
        checkTarget(deployment("check", PlanOptions.defaults(), manifest.directory().toUri()));
    }

    /**
     * Plans the manifest's tasks, for an objective and a policy, from earlier runs in the session's
     * folder of runs. Starts nothing.
     *
     * @throws NoSuchTaskException if an option names a task that the manifest lacks
     */
    public RunPlan plan(PlanOptions wanted) {
        try {
            RunPlan plan =
                    new RunPlanner(new Runs(options.runs()))
                            .plan(manifest, wanted, clock.instant());
            // What is started was planned before: this is in time for a start, too.
            plan.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read earlier runs in " + options.runs(), e);
        }
    }

    /** Starts with the plan that the target asks for. */
    public ScalableClient start() {
        return start(plan());
    }

    /**
     * Starts a deployment with {@code plan} as its first plan.
     *
     * @throws IllegalStateException if this target cannot be run from here, the session is closed,
     *     or the control plane does not start
     * @throws io.scalable.client.run.RunException if the brokers do not answer or refuse
     */
    public synchronized ScalableClient start(RunPlan plan) {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        String id = Ids.newDeploymentId(clock.instant());
        try {
            var folder = RunFolder.create(options.runs(), id);
            boolean started = false;
            try {
                folder.writeManifest(yaml, manifest.lock());
                ScalableClient client = start(id, plan, folder);
                started = true;
                return client;
            } finally {
                if (!started) {
                    folder.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the run: " + FileProblem.describe(e), e);
        }
    }

    private ScalableClient start(String id, RunPlan plan, RunFolder folder) throws IOException {
        SharedPlaces places = SharedPlaces.of(manifest, options.runs());
        URI storage = places.storage(id);
        checkTarget(deployment(id, PlanOptions.defaults(), storage));
        places.reach(id);
        ControlPlane control = controlPlane(folder);
        WorkerHost workers = workerHost;
        if (workers == null) {
            workers =
                    WorkerHost.start(
                            target(), control.kafka(), hostId, folder.path(), places.shared());
            workerHost = workers;
        }
        var wanted = new PlanOptions(plan.objective(), plan.policy(), Map.of(), Map.of());
        DeploymentSpec spec = deployment(id, wanted, storage);
        spec = new RunHistory(new Runs(options.runs())).inform(spec, Set.of());
        spec = DeploymentPrices.of(null, System.getenv()).price(spec).deployment();
        spec = SdkDeployments.of(spec, plan.forDeployment(id, spec.createdAt()));
        spec = RemoteBundle.sent(spec, manifest, places, words -> LOG.log(Level.INFO, words));
        var futures = new TaskFutures(spec.storage());
        folder.writeBroker(new RunBroker(control.kafka(), null));
        LiveRun run =
                LiveRun.open(
                        control.kafka(),
                        spec,
                        folder,
                        futures,
                        RunOptions.defaults().followingTasks());
        control.onLoss(run::cutOff);
        workers.onLoss(run::cutOff);
        var client = new ScalableClient(run, futures, new TaskHints(manifest.submissions(id)));
        clients.add(client);
        return client;
    }

    /**
     * Asks for the worker counts that a decision advises, in every deployment of this session. The
     * planner keeps them within the target's bounds. They are counts, not changes: to apply a
     * decision twice, or two that advise the same, starts no worker twice. A pool stays at its
     * count until another is asked for or {@link ScalableClient#autoScale} gives it back.
     */
    public synchronized void apply(ScaleDecision decision) {
        String reason = decision.reasoning();
        for (ScalableClient client : clients) {
            decision.wantedWorkers().forEach((tag, n) -> client.scale(tag, Mode.EXACT, n, reason));
        }
    }

    /** Ends every deployment of this session, then what it brought up for them. */
    @Override
    public synchronized void close() {
        closed = true;
        clients.forEach(ScalableClient::close);
        clients.clear();
        if (workerHost != null) {
            workerHost.close();
            workerHost = null;
        }
        if (controlPlane != null) {
            controlPlane.close();
            controlPlane = null;
        }
    }

    private DeploymentSpec deployment(String id, PlanOptions wanted, URI storage) {
        return manifest.deployment(
                new DeploymentRequest(
                        id, clock.instant(), hostId, storage, wanted.objective(), wanted.policy()));
    }

    private ControlPlane controlPlane(RunFolder folder) {
        ControlPlane known = controlPlane;
        if (known == null) {
            known = ControlPlanes.of(options, manifest, target(), folder.file("control-plane.log"));
            controlPlane = known;
        }
        return known;
    }

    private TargetSpec target() {
        return deployment("plan", PlanOptions.defaults(), manifest.directory().toUri()).target();
    }

    private void checkTarget(DeploymentSpec deployment) {
        try {
            if (options.kafka().isEmpty() && manifest.kafka().isEmpty()) {
                RemoteBrokers.refuseEmbedded(deployment.target());
            }
            var kafka = options.kafka().isEmpty() ? manifest.kafka() : options.kafka();
            SharedPlaces.check(manifest).forEach(ScalableSession::warn);
            HostedProviders.check(deployment, kafka).forEach(ScalableSession::warn);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void warn(String warning) {
        LOG.log(Level.WARNING, warning);
    }
}
