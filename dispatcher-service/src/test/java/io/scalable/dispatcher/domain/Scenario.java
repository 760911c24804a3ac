package io.scalable.dispatcher.domain;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Payload;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import io.scalable.dispatcher.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A deployment that a test plays with: verbs in, everything that was said out. */
final class Scenario {

    static final String ID = "run-1";

    final List<TaskEvent> events = new ArrayList<>();
    final List<TaskResult> results = new ArrayList<>();
    final List<Assignment> assignments = new ArrayList<>();
    final List<PoolDemand> demand = new ArrayList<>();
    final Map<String, Row> kept = new LinkedHashMap<>();

    /** The decision of the last command. */
    Decision last;

    /** Looks at every decision. */
    Consumer<Decision> watcher = _ -> {};

    Instant now = Samples.START;
    private boolean writesResults = true;
    private final Rules rules;
    private DispatcherMachine machine;

    private Scenario(Rules rules) {
        this.rules = rules;
        this.machine = DispatcherMachine.fresh(ID, rules);
    }

    static Scenario aDeployment(TaskGroup... groups) {
        return undeclared().declare(groups);
    }

    static Scenario undeclared() {
        return new Scenario(Rules.standard());
    }

    /** A deployment that is not published yet, of whose ended tasks few are kept whole. */
    static Scenario keepingTasks(int most) {
        return new Scenario(Rules.standard().keepingTasks(most, most));
    }

    /** Nothing declared yet; so many results are kept that nobody needs. */
    static Scenario keeping(int results) {
        Rules rules = Rules.standard();
        return new Scenario(rules.keepingTasks(rules.tasksKept(), results));
    }

    /** Results are on their topic only when {@link #resultsWritten} says so. */
    Scenario whoseResultsWait() {
        writesResults = false;
        return this;
    }

    Scenario declare(TaskGroup... groups) {
        return tell(
                new Command.Declared(Samples.deployment(ID, URI.create("file:/tmp/x"), groups)));
    }

    /** On a target whose workers live {@code walltime}. */
    static Scenario onSlurm(Duration walltime) {
        return undeclared()
                .tell(
                        new Command.Declared(
                                Samples.onSlurm(ID, URI.create("file:/tmp/x"), walltime)));
    }

    Scenario tell(Command command) {
        last = machine.decide(command, now);
        events.addAll(last.events());
        results.addAll(last.results());
        last.assignments().forEach(a -> assignments.add(a.assignment()));
        Optional.ofNullable(last.demand()).ifPresent(demand::add);
        last.rows()
                .forEach(
                        (key, row) ->
                                row.ifPresentOrElse(r -> kept.put(key, r), () -> kept.remove(key)));
        watcher.accept(last);
        List<String> said = last.results().stream().map(TaskResult::taskId).toList();
        return writesResults && !said.isEmpty() ? tell(new Command.ResultsWritten(said)) : this;
    }

    Scenario ask(TaskCommand command) {
        return tell(new Command.Asked(command));
    }

    Scenario submit(String name, int index, String... needs) {
        return ask(Samples.task(ID, name, index, needs));
    }

    Scenario submitMany(String name, int count) {
        for (int i = 0; i < count; i++) {
            submit(name, i);
        }
        return this;
    }

    /** A task with other priority, retries or hint. */
    Scenario submit(String name, int index, int priority, int retries, Double expectSeconds) {
        SubmitTask t = Samples.task(ID, name, index);
        return ask(
                new SubmitTask(
                        ID,
                        t.taskId(),
                        name,
                        "fc",
                        index,
                        t.work(),
                        t.input(),
                        List.of(),
                        priority,
                        retries,
                        null,
                        expectSeconds));
    }

    Scenario report(WorkerReport report) {
        return tell(new Command.Reported(report));
    }

    Scenario workerReady(String worker) {
        return workerReady(worker, 1, null);
    }

    Scenario workerReady(String worker, int slots, Instant endsAt) {
        return report(new WorkerReady(ID, worker, "forecast", slots, 3, "host", 1, endsAt, now));
    }

    Scenario heartbeat(String worker, HeldAttempt... held) {
        return heartbeat(worker, false, held);
    }

    Scenario heartbeat(String worker, boolean draining, HeldAttempt... held) {
        return report(
                new WorkerHeartbeat(
                        ID, worker, "forecast", 1, 3, List.of(held), draining, null, now));
    }

    Instant now() {
        return now;
    }

    /** A heartbeat without attempts that was made {@code at} and is read now. */
    Scenario heartbeatOf(Instant at, String worker) {
        return report(
                new WorkerHeartbeat(ID, worker, "forecast", 1, 3, List.of(), false, null, at));
    }

    static HeldAttempt held(String name, int index, int attempt) {
        return new HeldAttempt(id(name, index), attempt, true);
    }

    Scenario start(String worker, String name, int index, int attempt) {
        return report(new AttemptStarted(ID, worker, id(name, index), attempt, now));
    }

    Scenario finish(String worker, String name, int index, int attempt) {
        return finish(worker, name, index, attempt, 10);
    }

    Scenario finish(String worker, String name, int index, int attempt, double seconds) {
        Payload value = Payload.of(TextNode.valueOf("result of " + name + " " + index));
        return report(
                new AttemptFinished(
                        ID, worker, id(name, index), attempt, value, null, seconds, now));
    }

    /** The end of an attempt whose lease says when its deployment was created. */
    Scenario finishOf(Instant created, String worker, String name, int index, int attempt) {
        Payload value = Payload.of(TextNode.valueOf("result of " + name + " " + index));
        return report(
                new AttemptFinished(
                        ID, worker, id(name, index), attempt, value, null, 1, now, created));
    }

    Scenario fail(String worker, String name, int index, int attempt, FailureClass why) {
        var failure = new Failure(why, "Boom", "it broke", null);
        return report(
                new AttemptFinished(ID, worker, id(name, index), attempt, null, failure, 1, now));
    }

    Scenario leave(String worker) {
        return report(new WorkerLeft(ID, worker, "drained", now));
    }

    Scenario lifecycle(WorkerLifecycle event) {
        return tell(new Command.LifecycleSeen(event));
    }

    Scenario workerFailed(String worker, FailureClass why) {
        return lifecycle(
                new WorkerLifecycle.WorkerFailed(
                        ID, "forecast", worker, why, "no such image", null, now));
    }

    Scenario plan(long generation, int workers) {
        return tell(new Command.Planned(Samples.plan(ID, generation, workers)));
    }

    /** The results topic has all that was said. */
    Scenario resultsWritten() {
        return tell(new Command.ResultsWritten(results.stream().map(TaskResult::taskId).toList()));
    }

    /** Time passes, with a tick every 100 ms. */
    Scenario elapse(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plusMillis(100);
            tick();
        }
        return this;
    }

    /** Time passes, with a tick every 100 ms, and nothing of the inputs is read. */
    Scenario elapseBehind(Duration time) {
        Instant readTo = now;
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            now = now.plusMillis(100);
            tell(new Command.Tick(readTo));
        }
        return this;
    }

    /** A tick; all inputs are read. */
    Scenario tick() {
        return tell(new Command.Tick(now));
    }

    /** The dispatcher dies and another takes over from the rows. */
    Scenario restart() {
        return restartBehind().tell(new Command.CaughtUp());
    }

    /** The same, and the inputs are still to be read again. */
    Scenario restartBehind() {
        machine = DispatcherMachine.of(ID, rules, kept.values().stream());
        return tell(new Command.Recovered());
    }

    DispatcherMachine machine() {
        return machine;
    }

    static String id(String name, int index) {
        return Ids.taskId(ID, name, index);
    }

    TaskEntry entry(String name, int index) {
        return (TaskEntry) kept.get("t/" + id(name, index));
    }

    TaskState state(String name, int index) {
        return entry(name, index).state();
    }

    /** Every lease ever given to a worker, as {@code name/index#attempt}. */
    List<String> leases(String worker) {
        return assignments.stream()
                .filter(a -> a instanceof LeaseGranted l && l.workerId().equals(worker))
                .map(a -> (LeaseGranted) a)
                .map(l -> l.task() + "/" + l.index() + "#" + l.attempt())
                .toList();
    }

    LeaseGranted lastLease() {
        return (LeaseGranted) assignments.getLast();
    }

    <E> List<E> said(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <A> List<A> told(Class<A> type) {
        return assignments.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Forgets what was said so far. */
    Scenario listen() {
        events.clear();
        results.clear();
        assignments.clear();
        demand.clear();
        return this;
    }
}
