package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a machine that was built again from its rows has come. Rows may be older than what the
 * dispatcher before said and did last, so it goes {@code READING -> CLAIMING -> OVER}: first all
 * inputs are read again to where they ended, then every worker says what it holds, or has had the
 * time to; only then tasks are leased. Not kept in rows.
 */
final class Recovery {

    /** Reports of ends that no task is known for, and that are looked at again later. */
    private static final int MOST_UNCLAIMED = 10_000;

    private enum Stage {
        READING,
        CLAIMING,
        OVER
    }

    private Stage stage = Stage.OVER;
    private Instant until = Instant.MAX;
    private final Set<String> unheard = new HashSet<>();
    private final Map<String, AttemptFinished> unclaimed = new LinkedHashMap<>();
    private final Map<String, TaskResult> accepted = new HashMap<>();

    /** The machine was built from rows: the inputs are being read again. */
    void begin() {
        stage = Stage.READING;
        unheard.clear();
        unclaimed.clear();
        accepted.clear();
    }

    /** True until all inputs are read to where they ended. */
    boolean reading() {
        return stage == Stage.READING;
    }

    /** True once tasks may be leased. */
    boolean over() {
        return stage == Stage.OVER;
    }

    /** Keeps a report that no task was known for: the task may still come. */
    void unclaimed(AttemptFinished report) {
        if (reading() && unclaimed.size() < MOST_UNCLAIMED) {
            unclaimed.put(report.taskId() + " " + report.attempt(), report);
        }
    }

    /** Keeps how a task has ended that is not known yet: its submission is read again. */
    void accepted(TaskResult result) {
        if (reading()) {
            accepted.putIfAbsent(result.taskId(), result);
        }
    }

    /** How a task that has just come has ended before; null if it has not. */
    @Nullable TaskResult takeAccepted(String taskId) {
        return accepted.remove(taskId);
    }

    /**
     * All inputs are read.
     *
     * @param workers those that must say what they hold
     * @param latest when whoever has not said so is not waited for any more
     * @return the reports that no task was known for when they were read, in their order
     */
    List<AttemptFinished> caughtUp(Collection<String> workers, Instant latest) {
        stage = Stage.CLAIMING;
        until = latest;
        unheard.addAll(workers);
        var late = new ArrayList<>(unclaimed.values());
        unclaimed.clear();
        accepted.clear();
        return late;
    }

    /** The worker has said what it holds, or is gone. */
    void heard(@Nullable String workerId) {
        if (stage == Stage.CLAIMING) {
            unheard.remove(workerId);
        }
    }

    /** Ends the waiting if it is time; true if it has ended just now. */
    boolean endsNow(Instant now) {
        if (stage == Stage.CLAIMING && (unheard.isEmpty() || !now.isBefore(until))) {
            stage = Stage.OVER;
            return true;
        }
        return false;
    }
}
