package io.scalable.simulation;

import static io.scalable.simulation.PlayedDispatcher.shared;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReports;
import io.scalable.provider.ClusterHandle;
import io.scalable.provider.CostEstimate;
import io.scalable.provider.DeploymentProvider;
import io.scalable.provider.LaunchLedger;
import io.scalable.provider.LifecycleSink;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.reconcile.Timings;
import io.scalable.simulation.Log.Partition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider host: the real reconcile loop over a played ledger and a played backend. */
final class PlayedProvider {

    /** The process is gone in the middle of a call; nothing of ours catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private static final List<String> TOPICS =
            List.of(Topics.DEPLOYMENTS, Topics.SCALE_PLANS, Topics.WORKER_REPORTS);

    private final World world;
    private final Map<String, Launch> ledger = new LinkedHashMap<>();
    private final Map<Partition, Long> positions = new LinkedHashMap<>();
    private Outbox outbox;
    private @Nullable ProviderHost host;
    private ReportedWorkers reported;
    private int life;

    PlayedProvider(World world) {
        this.world = world;
        outbox = new Outbox(world);
        reported = new ReportedWorkers(world.schedule::now);
    }

    /** What the launch ledger holds. */
    Collection<Launch> ledger() {
        return ledger.values();
    }

    void start() {
        outbox = new Outbox(world);
        positions.clear();
        int mine = ++life;
        Outbox out = outbox;
        reported = new ReportedWorkers(world.schedule::now);
        positions.put(shared(Topics.WORKER_REPORTS), world.log.end(shared(Topics.WORKER_REPORTS)));
        host =
                new ProviderHost(
                        Workload.HOST,
                        List.of(new Provider("local"), new Provider("slurm")),
                        new Ledger(),
                        new Voice(out),
                        _ -> {},
                        reported::lives,
                        world.schedule::now,
                        Timings.defaults());
        world.schedule.after(5, () -> loop(mine));
    }

    void kill(Fault how) {
        if (host != null) {
            life++;
            host = null;
            outbox.kill();
            world.trace("provider", how);
            world.schedule.after(world.schedule.between(500, 10_000), this::start);
        }
    }

    private void loop(int mine) {
        ProviderHost running = host;
        if (mine != life || running == null) {
            return;
        }
        if (world.log.awayFor() == 0) {
            try {
                for (String topic : TOPICS) {
                    read(shared(topic), running);
                }
                running.tick();
            } catch (Killed e) {
                kill(Fault.PROVIDER_KILLED_IN_CALL);
                return;
            }
        }
        world.schedule.after(world.schedule.pause(world.calm(), 150, 400), () -> loop(mine));
    }

    private void read(Partition partition, ProviderHost running) {
        Log.Entry next = world.log.read(partition, positions.getOrDefault(partition, 0L));
        while (next != null) {
            positions.put(partition, next.offset() + 1);
            switch (next.value()) {
                case null -> {
                    if (partition.topic().equals(Topics.DEPLOYMENTS)) {
                        running.deploymentEnded(next.key());
                    }
                }
                case DeploymentSpec spec -> running.deploymentChanged(spec);
                case ScalePlan plan -> running.planChanged(plan);
                case WorkerReport report -> {
                    boolean unused = reported.heard(report);
                }
                case WorkerReports reports ->
                        reports.reports()
                                .forEach(
                                        report -> {
                                            boolean unused = reported.heard(report);
                                        });
                default -> throw new IllegalStateException("no input of a provider: " + next);
            }
            next = world.log.read(partition, next.offset() + 1);
        }
    }

    /** A call to the outside: the process may be killed right before or right after. */
    void call(Runnable work) {
        if (world.faults.happens(Fault.PROVIDER_KILLED_IN_CALL, 300)) {
            if (world.schedule.oneIn(2)) {
                work.run();
            }
            throw new Killed();
        }
        work.run();
    }

    /** Tells of workers through the process's outbox. */
    private record Voice(Outbox out) implements LifecycleSink {
        @Override
        public void emit(WorkerLifecycle event) {
            out.send(shared(Topics.WORKER_LIFECYCLE), event.deploymentId(), event);
        }

        @Override
        public void flush() {
            out.flush();
        }
    }

    /** Durable; a write may fail, or fail and have worked. */
    private final class Ledger implements LaunchLedger {
        @Override
        public Collection<Launch> read() {
            return List.copyOf(ledger.values());
        }

        @Override
        public void write(List<Launch> launches) {
            change(() -> launches.forEach(launch -> ledger.put(launch.workerId(), launch)));
        }

        @Override
        public void forget(List<String> workerIds) {
            change(() -> workerIds.forEach(ledger::remove));
        }

        private void change(Runnable work) {
            boolean fails = world.faults.happens(Fault.LEDGER_FAILED, 200);
            if (!fails || world.schedule.oneIn(2)) {
                call(work);
            }
            if (fails) {
                throw new IllegalStateException("the ledger cannot be written");
            }
        }
    }

    /** Builds clusters on the one played backend. */
    private final class Provider implements DeploymentProvider {
        private final String name;

        Provider(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public ValidationReport validate(DeploymentSpec deployment) {
            return new ValidationReport(List.of());
        }

        @Override
        public ClusterHandle buildCluster(DeploymentSpec deployment) {
            return new ClusterHandle(deployment, world.backend.calledBy(PlayedProvider.this));
        }

        @Override
        public Optional<CostEstimate> estimateCost(DeploymentSpec deployment, ScalePlan plan) {
            return Optional.empty();
        }
    }
}
