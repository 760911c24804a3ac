package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.CancelTask;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A deployment with workers that start, run, fail, die, fall silent and come back, in an order that
 * a seed decides. Its invariants are checked after every step.
 */
final class Simulation {

    private static final int FITS = 25;
    private static final int SUMS = 5;

    final Scenario scenario = Scenario.aDeployment(group("fit", FITS), group("sum", SUMS, "fit"));
    private final Random random;
    private final Map<String, FakeWorker> workers = new LinkedHashMap<>();
    private final Map<String, String> ownerOfAttempt = new HashMap<>();
    private final Map<String, TaskResult> firstResult = new HashMap<>();
    private final List<WorkerReport> sent = new ArrayList<>();
    private int answered;
    private int delivered;
    private int workersEver;
    private long generation;
    private int submitted;

    /** What a worker would do: it keeps what it was given in order and reports it. */
    private static final class FakeWorker {
        final String id;
        final Deque<Assignment> inbox = new ArrayDeque<>();
        final Map<String, LeaseGranted> held = new LinkedHashMap<>();
        @Nullable String running;
        boolean draining;

        FakeWorker(String id) {
            this.id = id;
        }
    }

    Simulation(long seed) {
        random = new Random(seed);
        scenario.watcher = this::scaleInKillsNoBusyWorker;
    }

    /** Lives through {@code steps} random steps, then lets everything come to its end. */
    void run(int steps) {
        live(steps);
        while (submitted < FITS + SUMS) {
            submitNext();
        }
        scenario.plan(++generation, 3);
        for (int i = 0; i < 2_000 && !allEnded(); i++) {
            if (workers.values().stream().allMatch(w -> w.draining)) {
                newWorker();
            }
            step(i % 4);
        }
        noTaskLost();
    }

    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            step(random.nextInt(20));
        }
    }

    private void step(int kind) {
        switch (kind) {
            case 0 -> beatAll();
            case 1 -> workers.values().forEach(this::readInbox);
            case 2 -> workers.values().forEach(this::beginNext);
            case 3 -> workers.values().forEach(this::finishRunning);
            case 4, 5, 6, 7, 8 -> submitNext();
            case 9, 10 -> anyWorker().ifPresent(this::readInbox);
            case 11 -> anyWorker().ifPresent(this::beginNext);
            case 12 -> anyWorker().ifPresent(this::finishRunning);
            case 13 -> newWorker();
            case 14 -> anyWorker().ifPresent(w -> workers.remove(w.id));
            case 15 -> anyWorker().ifPresent(this::providerGivesUp);
            case 16 -> scenario.plan(++generation, random.nextInt(4));
            case 17 -> repeatSomeReport();
            case 18 -> scenario.restart();
            default -> cancelSome();
        }
        scenario.elapse(Duration.ofMillis(100L * (1 + random.nextInt(4))));
        deliver();
        checkRows();
        oneResultPerTask();
    }

    private void submitNext() {
        if (submitted < FITS) {
            scenario.submit("fit", submitted, random.nextInt(3), random.nextInt(3), null);
        } else if (submitted < FITS + SUMS) {
            scenario.submit("sum", submitted - FITS, Scenario.ID + "/fit/*");
        }
        submitted++;
    }

    private void newWorker() {
        String id = "w" + ++workersEver;
        workers.put(id, new FakeWorker(id));
        scenario.workerReady(id, 1, null);
    }

    private void beatAll() {
        for (FakeWorker worker : List.copyOf(workers.values())) {
            List<HeldAttempt> held =
                    worker.held.values().stream()
                            .map(
                                    l ->
                                            new HeldAttempt(
                                                    l.taskId(),
                                                    l.attempt(),
                                                    l.taskId().equals(worker.running)))
                            .toList();
            report(
                    new WorkerHeartbeat(
                            Scenario.ID,
                            worker.id,
                            "forecast",
                            1,
                            3,
                            held,
                            worker.draining,
                            null,
                            scenario.now));
            if (worker.draining && held.isEmpty()) {
                workers.remove(worker.id);
                scenario.leave(worker.id);
            }
        }
    }

    private void readInbox(FakeWorker worker) {
        while (!worker.inbox.isEmpty()) {
            switch (worker.inbox.remove()) {
                case LeaseParents _ -> throw new AssertionError("the host makes them");
                case LeaseGranted lease -> worker.held.put(lease.taskId(), lease);
                case LeaseRevoked revoked -> revoke(worker, revoked);
                case DrainRequested _ -> {
                    worker.draining = true;
                    worker.held.keySet().removeIf(id -> !id.equals(worker.running));
                }
            }
        }
    }

    private void revoke(FakeWorker worker, LeaseRevoked revoked) {
        LeaseGranted lease = worker.held.get(revoked.taskId());
        if (lease != null && lease.attempt() == revoked.attempt()) {
            worker.held.remove(revoked.taskId());
            if (revoked.taskId().equals(worker.running)) {
                worker.running = null;
            }
        }
    }

    private void beginNext(FakeWorker worker) {
        if (worker.running == null && !worker.draining && !worker.held.isEmpty()) {
            LeaseGranted next = worker.held.values().iterator().next();
            worker.running = next.taskId();
            report(
                    new AttemptStarted(
                            Scenario.ID, worker.id, next.taskId(), next.attempt(), scenario.now));
        }
    }

    private void finishRunning(FakeWorker worker) {
        LeaseGranted lease = worker.running == null ? null : worker.held.remove(worker.running);
        if (lease == null) {
            return;
        }
        worker.running = null;
        boolean well = random.nextInt(10) > 0;
        var why = random.nextBoolean() ? FailureClass.USER_ERROR : FailureClass.PREEMPTED;
        report(
                new AttemptFinished(
                        Scenario.ID,
                        worker.id,
                        lease.taskId(),
                        lease.attempt(),
                        well ? Payload.of(IntNode.valueOf(lease.index())) : null,
                        well ? null : new Failure(why, "Boom", "it broke", null),
                        random.nextInt(3) * 0.005,
                        scenario.now));
    }

    private void providerGivesUp(FakeWorker worker) {
        if (random.nextBoolean()) {
            workers.remove(worker.id);
        }
        scenario.workerFailed(worker.id, FailureClass.NODE_FAILURE);
    }

    private void repeatSomeReport() {
        if (!sent.isEmpty()) {
            WorkerReport old = sent.get(random.nextInt(sent.size()));
            if (!(old instanceof WorkerHeartbeat)) {
                scenario.report(old);
            }
        }
    }

    private void cancelSome() {
        if (random.nextInt(5) == 0) {
            String id = Scenario.id("fit", random.nextInt(FITS));
            scenario.ask(new CancelTask(Scenario.ID, id, "not wanted"));
        }
    }

    private void report(WorkerReport report) {
        sent.add(report);
        scenario.report(report);
    }

    private Optional<FakeWorker> anyWorker() {
        var all = List.copyOf(workers.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** Hands new assignments to their workers, and checks each. */
    private void deliver() {
        for (; delivered < scenario.assignments.size(); delivered++) {
            Assignment assignment = scenario.assignments.get(delivered);
            FakeWorker worker = workers.get(assignment.workerId());
            noAttemptHasTwoOwners(assignment);
            if (worker != null) {
                worker.inbox.add(assignment);
            }
        }
    }

    /** The right to one attempt is given to one worker only, once. */
    private void noAttemptHasTwoOwners(Assignment assignment) {
        if (assignment instanceof LeaseGranted lease) {
            String attempt = lease.taskId() + "#" + lease.attempt();
            String owner = ownerOfAttempt.putIfAbsent(attempt, lease.workerId());
            check(owner == null, "NoTaskRunsTwiceAtOnce", lease);
        }
    }

    /** Only a ready worker gets a lease; nobody is told to drop what it holds by right. */
    private void scaleInKillsNoBusyWorker(Decision decision) {
        for (Decision.Addressed addressed : decision.assignments()) {
            Assignment told = addressed.assignment();
            var worker = (WorkerEntry) scenario.kept.get("w/" + told.workerId());
            if (told instanceof LeaseGranted) {
                boolean ready = worker.phase() == WorkerEntry.Phase.READY;
                check(ready, "ScaleInKillsNoBusyWorker", told);
            } else if (told instanceof LeaseRevoked revoked) {
                var task = (TaskEntry) scenario.kept.get("t/" + revoked.taskId());
                boolean right = task.heldBy(worker.workerId(), revoked.attempt());
                check(!right, "ScaleInKillsNoBusyWorker", told);
            }
        }
    }

    /** Whoever holds a task is there to be told so; a task keeps its spec until it ends. */
    private void checkRows() {
        for (Row row : scenario.kept.values()) {
            if (row instanceof TaskEntry task) {
                boolean hasSpec = scenario.kept.containsKey("s/" + task.taskId());
                check(hasSpec != task.over(), "NoTaskLost", task);
                if (task.status() instanceof TaskStatus.Held held) {
                    var worker = (WorkerEntry) scenario.kept.get("w/" + held.workerId());
                    check(worker.listening(), "NoTaskLost", task);
                }
            }
        }
    }

    /** A task may be answered again, but never otherwise. */
    private void oneResultPerTask() {
        for (; answered < scenario.results.size(); answered++) {
            TaskResult result = scenario.results.get(answered);
            TaskResult first = firstResult.putIfAbsent(result.taskId(), result);
            check(first == null || first.equals(result), "OneResultPerTask", result);
        }
    }

    private static void check(boolean holds, String invariant, Object about) {
        if (!holds) {
            throw new AssertionError(invariant + " is broken: " + about);
        }
    }

    private boolean allEnded() {
        return scenario.kept.values().stream()
                .noneMatch(r -> r instanceof TaskEntry t && !t.over());
    }

    /** Every task that was submitted has a result. */
    private void noTaskLost() {
        check(firstResult.size() == FITS + SUMS, "NoTaskLost", firstResult.keySet());
    }
}
