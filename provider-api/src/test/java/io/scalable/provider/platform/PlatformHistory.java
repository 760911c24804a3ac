package io.scalable.provider.platform;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.START;
import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.LifecycleSink;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.reconcile.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One history of a deployment at a {@link PlayedPlatform}: plans change, workers come, leave and
 * crash, the host is restarted, calls take their time. Each step is checked, and so is where it
 * comes to rest.
 */
final class PlatformHistory {

    private static final int TROUBLED_STEPS = 120;
    private static final int CALM_STEPS = 150;
    private static final int STEADY_STEPS = 50;

    private final Random random;
    private final PlayedPlatform platform;
    private final ReportedWorkers reported;
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    private final List<WorkerLifecycle> events = new ArrayList<>();
    private final List<Runnable> calls = new ArrayList<>();
    private final DeploymentSpec spec = aDeployment("d").pool(ProviderStage.STEADY, 8).build();
    private Instant now = START;
    private ProviderHost host;
    private int desired;
    private long generation;
    private int judged;

    PlatformHistory(long seed, Traits traits) {
        this.random = new Random(seed);
        this.reported = new ReportedWorkers(() -> now);
        this.platform = new PlayedPlatform(traits, random, reported, now);
        this.host = newHost();
    }

    /** Plays the history; throws {@link AssertionError} where an invariant is broken. */
    void play() {
        for (int step = 0; step < TROUBLED_STEPS; step++) {
            if (random.nextInt(15) == 0) {
                desire(random.nextInt(7));
            }
            if (random.nextInt(80) == 0) {
                restart();
            }
            step(1 + random.nextInt(4));
        }
        platform.calm();
        for (int step = 0; step < CALM_STEPS; step++) {
            step(5);
        }
        comesToThePlan();
        int before = platform.looks.size();
        for (int step = 0; step < STEADY_STEPS; step++) {
            step(5);
        }
        comesToThePlan();
        looksAtMostOnceAMinute(platform.looks.size() - before);
    }

    private void restart() {
        calls.clear();
        platform.ends.clear();
        host = newHost();
    }

    private ProviderHost newHost() {
        var next =
                new ProviderHost(
                        HOST,
                        List.of(new Provider()),
                        ledger,
                        new Sink(events),
                        _ -> {},
                        reported::lives,
                        () -> now,
                        Timings.defaults());
        next.deploymentChanged(spec);
        next.planChanged(currentPlan());
        return next;
    }

    private void desire(int workers) {
        desired = workers;
        generation++;
        host.planChanged(currentPlan());
    }

    private ScalePlan currentPlan() {
        return plan("d", generation, Map.of(ProviderStage.STEADY, desired));
    }

    private void step(int seconds) {
        now = now.plusSeconds(seconds);
        platform.at(now);
        drain();
        for (Runnable call : List.copyOf(calls)) {
            if (random.nextInt(3) > 0) {
                calls.remove(call);
                call.run();
            }
        }
        host.tick();
        nobodyIsWrittenOffWhoIsHeard();
    }

    /** As the dispatcher does: of more ready workers than are wanted, one is sent home. */
    private void drain() {
        List<PlayedPlatform.Job> ready = platform.alive().stream().filter(platform::ready).toList();
        if (ready.size() > desired && random.nextInt(2) == 0) {
            platform.leave(ready.get(random.nextInt(ready.size())));
        }
    }

    private void nobodyIsWrittenOffWhoIsHeard() {
        for (WorkerLifecycle event : events.subList(judged, events.size())) {
            if (event instanceof WorkerFailed || event instanceof WorkerRemoved) {
                for (PlayedPlatform.Job job : platform.alive()) {
                    // Of a double the other half may end with the one that was kept.
                    if (job.order.workerId().equals(event.workerId())
                            && platform.ready(job)
                            && !platform.isDouble(job)) {
                        throw new AssertionError("a worker that is heard is written off: " + event);
                    }
                }
            }
        }
        judged = events.size();
    }

    private void comesToThePlan() {
        Set<String> workers = new HashSet<>();
        for (PlayedPlatform.Job job : platform.alive()) {
            if (!workers.add(job.order.workerId())) {
                throw new AssertionError("a double job is kept: " + job.order.workerId());
            }
        }
        Set<String> tracked = new HashSet<>();
        ledger.read().stream()
                .filter(launch -> launch.step() != Launch.Step.GONE)
                .forEach(launch -> tracked.add(launch.workerId()));
        if (!tracked.equals(workers)) {
            throw new AssertionError("jobs " + workers + ", on the ledger " + tracked);
        }
        if (workers.size() != desired) {
            throw new AssertionError(workers.size() + " workers, " + desired + " are wanted");
        }
    }

    private void looksAtMostOnceAMinute(int looks) {
        if (looks > STEADY_STEPS * 5 / 60 + 1 || looks < 2) {
            throw new AssertionError(looks + " listings in " + STEADY_STEPS * 5 + " s of rest");
        }
    }

    private record Sink(List<WorkerLifecycle> events) implements LifecycleSink {
        @Override
        public void emit(WorkerLifecycle event) {
            events.add(event);
        }

        @Override
        public void flush() {}
    }

    /** Builds backends of the played platform. */
    private final class Provider implements DeploymentProvider {
        private final Map<String, PlatformBackend> backends = new HashMap<>();
        private final Consumer<Runnable> executor = calls::add;
        private final SharedListing listing =
                new SharedListing(platform, executor::accept, random::nextDouble, () -> {});

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public ValidationReport validate(DeploymentSpec deployment) {
            return new ValidationReport(List.of());
        }

        @Override
        public ClusterHandle buildCluster(DeploymentSpec deployment) {
            return new ClusterHandle(
                    deployment,
                    backends.computeIfAbsent(
                            deployment.deploymentId(),
                            id ->
                                    new PlatformBackend(
                                            id,
                                            listing,
                                            reported,
                                            Duration.ZERO,
                                            () -> now,
                                            executor::accept,
                                            random::nextDouble,
                                            () -> {},
                                            () -> {})));
        }

        @Override
        public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
            return Optional.empty();
        }
    }
}
