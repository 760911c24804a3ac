package io.scalable.simulation;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.dispatcher.domain.Command;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.dispatcher.domain.DispatcherMachine;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.Rules;
import io.scalable.simulation.Log.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher: the real machine, and what Kafka Streams does around it. Rows and read positions
 * are kept at a commit, after the outputs; whoever is killed between two commits loses the rows,
 * not the outputs.
 */
final class PlayedDispatcher {

    private static final int TICK_MILLIS = 100;
    private static final int CALM_TICK_MILLIS = 300;

    /** After so much silence the group gives the partition to another. */
    private static final int SESSION_MILLIS = 3_000;

    /** How long it takes to be given the partition again. */
    private static final int REJOIN_MILLIS = 500;

    /** Whoever stood still for longer takes itself to be replaced. */
    private static final int LONGEST_STALL_MILLIS = 2_000;

    private static final int MOST_RECORDS = 60;

    private final World world;
    private final Rules rules = Rules.standard();
    private final int commitMillis;

    /** What a killed dispatcher leaves: the changelog and the committed positions. */
    private final Map<String, Row> changelog = new LinkedHashMap<>();

    private final Map<Partition, Long> committed = new LinkedHashMap<>();
    private @Nullable Instance current;
    private long knowsUpTo;
    private int starts;

    PlayedDispatcher(World world) {
        this.world = world;
        commitMillis = world.schedule.oneIn(2) ? 100 : 1000;
    }

    static Partition shared(String topic) {
        return new Partition(topic, 0);
    }

    void start() {
        starts++;
        var fresh = new Instance();
        current = fresh;
        fresh.begin();
    }

    /** Kills it, or lets it stand still; another takes over after a while. */
    void fail(Fault how) {
        Instance old = current;
        if (old == null) {
            return;
        }
        current = null;
        RowsAreTheWholeState.check(old.machine, rules);
        int next = world.schedule.between(500, 9_000);
        switch (how) {
            case DISPATCHER_KILLED_IN_COMMIT -> old.tornCommit();
            case DISPATCHER_PAUSED -> {
                old.pause(world.schedule.between(SESSION_MILLIS, 20_000));
                next = SESSION_MILLIS + next;
            }
            default -> old.kill();
        }
        world.trace("dispatcher", how);
        world.schedule.after(next, this::start);
    }

    /** It stands still, but not for so long that it is replaced. */
    void stall() {
        Instance running = current;
        if (running != null) {
            running.pause(world.schedule.between(300, LONGEST_STALL_MILLIS));
            world.trace("dispatcher", Fault.DISPATCHER_STALLED);
        }
    }

    /** It reads nothing for so many milliseconds. */
    void behind(long millis) {
        Instance running = current;
        if (running != null) {
            running.readsFrom = world.schedule.millis() + millis;
            world.trace("dispatcher", Fault.DISPATCHER_BEHIND);
        }
    }

    /** How often it was started. */
    int starts() {
        return starts;
    }

    boolean running() {
        return current != null;
    }

    /**
     * Whoever decides now has read its inputs as they were then, or must have before it leases:
     * milliseconds since the start.
     */
    long knowsUpTo() {
        return knowsUpTo;
    }

    /** The rows as the running dispatcher has them. */
    List<Row> rows() {
        Instance running = current;
        return running == null ? List.copyOf(changelog.values()) : running.rows();
    }

    /** One process, from its start to its end. */
    private final class Instance {
        private final Outbox outbox = new Outbox(world);
        private final PlayedInputs inputs;
        private final Map<String, Optional<Row>> dirty = new LinkedHashMap<>();
        private final List<String> written = new ArrayList<>();
        private boolean resultsLost;
        private DispatcherMachine machine;
        private final long startedAt = world.schedule.millis();
        private boolean toRecover;
        private boolean recovered;
        private boolean alive = true;
        private long lastActed = startedAt;
        private long wakesAt;
        private long readsFrom;

        Instance() {
            machine = DispatcherMachine.of(Workload.DEPLOYMENT, rules, changelog.values().stream());
            inputs = new PlayedInputs(world, committed);
            toRecover = inputs.behind() || !changelog.isEmpty();
        }

        void begin() {
            act(TICK_MILLIS, this::tick);
            act(commitMillis, this::commitSoon);
            act(1, this::poll);
        }

        /** Does something later, unless the process has ended; while it stands still it waits. */
        private void act(long delay, Runnable what) {
            world.schedule.after(
                    delay,
                    () -> {
                        long wait = wakesAt - world.schedule.millis();
                        if (alive && wait > 0) {
                            act(wait, what);
                        } else if (mayAct()) {
                            what.run();
                        }
                    });
        }

        /** Whoever stood still for so long that it may have been replaced writes nothing more. */
        private boolean mayAct() {
            long stoodStill = world.schedule.millis() - lastActed;
            lastActed = world.schedule.millis();
            if (alive && stoodStill > LONGEST_STALL_MILLIS + CALM_TICK_MILLIS) {
                alive = false;
                outbox.drop();
                if (current == this) {
                    current = null;
                    world.schedule.after(REJOIN_MILLIS, PlayedDispatcher.this::start);
                }
            }
            return alive;
        }

        private void tick() {
            look();
            tell(new Command.Tick(inputs.readTo()));
            act(world.calm() ? CALM_TICK_MILLIS : TICK_MILLIS, this::tick);
        }

        private void commitSoon() {
            if (world.log.awayFor() == 0) {
                commit();
            }
            act(commitMillis, this::commitSoon);
        }

        private void poll() {
            if (world.schedule.millis() >= readsFrom) {
                read(world.schedule.between(1, MOST_RECORDS));
            }
            act(world.schedule.pause(world.calm(), 1, 60), this::poll);
        }

        /** Once all inputs are read to where they ended, the machine is told; again and again. */
        private void look() {
            boolean first = inputs.readTo() == null;
            boolean canRecover = !toRecover || world.log.awayFor() == 0;
            if (inputs.look(canRecover) && first) {
                if (toRecover) {
                    recover();
                }
                if (recovered) {
                    decide(new Command.CaughtUp());
                }
            }
        }

        private void read(int most) {
            for (int i = 0; i < most; i++) {
                Log.Entry next = inputs.take();
                if (next == null) {
                    return;
                }
                Command command = command(next);
                if (command != null) {
                    tell(command);
                }
                inputs.passed(next);
            }
        }

        private void recover() {
            toRecover = false;
            recovered = true;
            decide(new Command.Recovered());
            acceptWritten();
        }

        private void tell(Command command) {
            if (toRecover) {
                if (world.log.awayFor() > 0) {
                    // The newest results cannot be read: nothing is decided without them.
                    return;
                }
                recover();
            }
            decide(command);
            if (machine.empty()) {
                machine = DispatcherMachine.fresh(Workload.DEPLOYMENT, rules);
            }
        }

        private void decide(Command command) {
            Instant readTo = inputs.readTo();
            knowsUpTo = readTo == null ? startedAt : Schedule.millis(readTo);
            Decision decision;
            try {
                decision = machine.decide(command, world.schedule.now());
            } catch (RuntimeException e) {
                throw new BrokenInvariant("NoCommandFails", command + ": " + e, e);
            }
            world.invariants.decided(decision);
            decision.rows()
                    .forEach(
                            (key, row) -> {
                                dirty.remove(key);
                                dirty.put(key, row);
                            });
            String id = Workload.DEPLOYMENT;
            decision.events().forEach(e -> outbox.send(shared(Topics.TASK_EVENTS), id, e));
            decision.results().forEach(this::send);
            for (Decision.Addressed a : decision.assignments()) {
                var partition = new Partition(Topics.assignments(id), a.partition());
                if (!world.faults.happens(Fault.RECORD_LOST, 1500)) {
                    outbox.send(partition, a.assignment().workerId(), a.assignment());
                }
            }
            PoolDemand demand = decision.demand();
            if (demand != null) {
                outbox.send(shared(Topics.POOL_DEMAND), id, demand);
            }
        }

        private void send(TaskResult result) {
            if (world.faults.happens(Fault.RESULT_LOST, 100)) {
                resultsLost = true;
            } else {
                outbox.send(
                        shared(Topics.results(Workload.DEPLOYMENT)), Workload.DEPLOYMENT, result);
                written.add(result.taskId());
            }
        }

        /** What is written already stays as it is. */
        private void acceptWritten() {
            Partition results = shared(Topics.results(Workload.DEPLOYMENT));
            for (long offset = 0; offset < world.log.end(results); offset++) {
                Log.Entry record = world.log.read(results, offset);
                if (record != null && record.value() instanceof TaskResult result) {
                    decide(new Command.ResultAccepted(result));
                }
            }
        }

        private void commit() {
            outbox.flush();
            if (!written.isEmpty()) {
                var told = new Command.ResultsWritten(List.copyOf(written));
                written.clear();
                decide(told);
                outbox.flush();
            }
            if (resultsLost) {
                resultsLost = false;
                decide(new Command.ResultsLost());
                outbox.flush();
            }
            keep(dirty.size());
            committed.putAll(inputs.positions());
        }

        /** Writes the first rows, in the order they were written last in. */
        private void keep(int rows) {
            var keys = List.copyOf(dirty.keySet()).subList(0, rows);
            for (String key : keys) {
                Optional<Row> row = dirty.remove(key);
                if (row != null && row.isPresent()) {
                    changelog.put(key, row.get());
                } else {
                    changelog.remove(key);
                }
            }
        }

        void tornCommit() {
            outbox.flush();
            keep(world.schedule.between(0, dirty.size()));
            kill();
        }

        void kill() {
            alive = false;
            outbox.kill();
        }

        /** Stands still. Some of what it has said last is with the broker, the rest waits. */
        void pause(long millis) {
            wakesAt = world.schedule.millis() + millis;
            outbox.flushSome();
            outbox.hold(millis);
        }

        List<Row> rows() {
            return machine.rows().toList();
        }
    }

    /** What the record tells the machine; null for nothing. */
    private static @Nullable Command command(Log.Entry record) {
        return switch (record.value()) {
            case null ->
                    record.partition().topic().equals(Topics.DEPLOYMENTS)
                            ? new Command.Ended()
                            : null;
            case DeploymentSpec spec -> new Command.Declared(spec);
            case TaskCommand command -> new Command.Asked(command);
            case WorkerReport report -> new Command.Reported(report);
            case ScalePlan plan -> new Command.Planned(plan);
            case WorkerLifecycle lifecycle -> new Command.LifecycleSeen(lifecycle);
            default -> throw new IllegalStateException("no input of the dispatcher: " + record);
        };
    }
}
