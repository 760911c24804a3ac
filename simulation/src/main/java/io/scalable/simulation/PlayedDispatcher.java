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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dispatcher: the real machine, and what Kafka Streams does around it. Rows and read positions
 * are kept at a commit, after the outputs; whoever is killed between two commits loses the rows,
 * not the outputs.
 */
final class PlayedDispatcher {

    static final List<Partition> INPUTS =
            List.of(
                    shared(Topics.DEPLOYMENTS),
                    shared(Topics.TASKS),
                    shared(Topics.WORKER_REPORTS),
                    shared(Topics.SCALE_PLANS),
                    shared(Topics.WORKER_LIFECYCLE));

    private static final int TICK_MILLIS = 100;
    private static final int MOST_RECORDS = 60;

    private final World world;
    private final Rules rules = Rules.standard();
    private final int commitMillis;

    /** What a killed dispatcher leaves: the changelog and the committed positions. */
    private final Map<String, Row> changelog = new LinkedHashMap<>();

    private final Map<Partition, Long> committed = new LinkedHashMap<>();
    private @Nullable Instance current;

    PlayedDispatcher(World world) {
        this.world = world;
        commitMillis = world.schedule.oneIn(2) ? 100 : 1000;
    }

    static Partition shared(String topic) {
        return new Partition(topic, 0);
    }

    void start() {
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
        old.compareWithRows();
        switch (how) {
            case DISPATCHER_KILLED_IN_COMMIT -> old.tornCommit();
            case DISPATCHER_PAUSED -> old.pause();
            default -> old.kill();
        }
        world.trace("dispatcher", how);
        world.schedule.after(world.schedule.between(500, 9_000), this::start);
    }

    boolean running() {
        return current != null;
    }

    /** The rows as the running dispatcher has them. */
    List<Row> rows() {
        Instance running = current;
        return running == null ? List.copyOf(changelog.values()) : running.rows();
    }

    /** One process, from its start to its end. */
    private final class Instance {
        private final Outbox outbox = new Outbox(world);
        private final Map<Partition, Long> positions = new LinkedHashMap<>(committed);
        private final Map<String, Optional<Row>> dirty = new LinkedHashMap<>();
        private final List<String> written = new ArrayList<>();
        private DispatcherMachine machine;
        private final Map<Partition, Long> unread = new LinkedHashMap<>();
        private boolean toRecover;
        private boolean alive = true;

        Instance() {
            machine = DispatcherMachine.of(Workload.DEPLOYMENT, rules, changelog.values().stream());
            for (Partition input : INPUTS) {
                long end = world.log.end(input);
                if (end > positions.getOrDefault(input, 0L)) {
                    unread.put(input, end);
                }
            }
            toRecover = !unread.isEmpty() || !changelog.isEmpty();
        }

        void begin() {
            every(TICK_MILLIS, () -> tell(new Command.Tick()));
            every(commitMillis, this::commit);
            world.schedule.after(1, this::poll);
        }

        private void every(int millis, Runnable what) {
            world.schedule.after(
                    millis,
                    () -> {
                        if (alive) {
                            if (world.log.awayFor() == 0) {
                                what.run();
                            }
                            every(millis, what);
                        }
                    });
        }

        private void poll() {
            if (!alive) {
                return;
            }
            read(world.schedule.between(1, MOST_RECORDS));
            world.schedule.after(world.schedule.pause(world.calm(), 1, 60), this::poll);
        }

        private void read(int most) {
            for (int i = 0; i < most; i++) {
                Log.Entry next = next();
                if (next == null) {
                    return;
                }
                positions.put(next.partition(), next.offset() + 1);
                Command command = command(next);
                if (command != null) {
                    tell(command);
                }
                passed(next);
            }
        }

        /** The next record: of the topics mostly the oldest, as Streams has it, but not always. */
        private Log.@Nullable Entry next() {
            var heads = new ArrayList<Log.Entry>();
            for (Partition input : INPUTS) {
                Log.Entry head = world.log.read(input, positions.getOrDefault(input, 0L));
                if (head != null) {
                    heads.add(head);
                }
            }
            if (heads.isEmpty()) {
                return null;
            }
            if (world.schedule.oneIn(5)) {
                return heads.get(world.schedule.between(0, heads.size() - 1));
            }
            Log.Entry oldest = heads.getFirst();
            for (Log.Entry head : heads) {
                oldest = head.at() < oldest.at() ? head : oldest;
            }
            return oldest;
        }

        /** The inputs are read to where they ended at the start. */
        private void passed(Log.Entry record) {
            Long end = unread.get(record.partition());
            if (end != null && record.offset() + 1 >= end) {
                unread.remove(record.partition());
                if (unread.isEmpty()) {
                    tell(new Command.CaughtUp());
                }
            }
        }

        private void tell(Command command) {
            if (toRecover) {
                toRecover = false;
                decide(new Command.Recovered());
                acceptWritten();
                if (unread.isEmpty()) {
                    decide(new Command.CaughtUp());
                }
            }
            decide(command);
            if (machine.empty()) {
                machine = DispatcherMachine.fresh(Workload.DEPLOYMENT, rules);
            }
        }

        private void decide(Command command) {
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
            decision.results().forEach(r -> outbox.send(shared(Topics.results(id)), id, r));
            for (Decision.Addressed a : decision.assignments()) {
                var partition = new Partition(Topics.assignments(id), a.partition());
                if (!world.faults.happens(Fault.RECORD_LOST, 1500)) {
                    outbox.send(partition, a.assignment().workerId(), a.assignment());
                }
            }
            if (!decision.results().isEmpty()) {
                written.addAll(decision.results().stream().map(TaskResult::taskId).toList());
            }
            PoolDemand demand = decision.demand();
            if (demand != null) {
                outbox.send(shared(Topics.POOL_DEMAND), id, demand);
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
            keep(dirty.size());
            committed.putAll(positions);
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

        /**
         * Stands still. What it has said is with the broker; when it wakes up it knows by the clock
         * that another has taken over, and says nothing more.
         */
        void pause() {
            alive = false;
            outbox.flush();
            outbox.kill();
        }

        List<Row> rows() {
            return machine.rows().toList();
        }

        /**
         * A machine that is built from all rows is the same machine, but for ties in its queues.
         */
        void compareWithRows() {
            var rebuilt = DispatcherMachine.of(Workload.DEPLOYMENT, rules, machine.rows());
            List<String> before = words(machine);
            List<String> after = words(rebuilt);
            if (!before.equals(after)) {
                before.removeAll(after);
                throw new BrokenInvariant("RowsAreTheWholeState", "rows leave out " + before);
            }
        }

        private static List<String> words(DispatcherMachine machine) {
            return Arrays.stream(machine.fingerprint().split("\\s+"))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
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
