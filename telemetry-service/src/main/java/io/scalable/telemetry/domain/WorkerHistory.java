package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A worker as its provider and the dispatcher tell it.
 *
 * @param place where it runs: a process id, job id, pod name
 * @param requestedAt when its provider asked for it
 * @param startedAt when it began to run
 * @param endedAt when it was gone, or first thought to be
 * @param reason what it waits for, or why it is gone
 * @param failureClass why it failed; null unless it did
 * @param log the last lines it wrote before it failed; null if there are none
 */
public record WorkerHistory(
        String deploymentId,
        String workerId,
        String component,
        State state,
        @Nullable String place,
        @Nullable Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        @Nullable FailureClass failureClass,
        @Nullable String log) {

    /** Where a worker is in its life; a worker never goes back. */
    public enum State {
        /** Asked for. */
        REQUESTED,
        /** Accepted by the backend, not running. */
        PENDING,
        /** Running. */
        STARTED,
        /** Silent; the provider has not said yet what became of it. */
        LOST,
        /** Gone as intended. */
        REMOVED,
        /** Never came up, or went without being asked. */
        FAILED;

        private boolean terminal() {
            return this == REMOVED || this == FAILED;
        }
    }

    /** The worker after {@code event}; {@code before} is null for one never heard of. */
    public static WorkerHistory after(@Nullable WorkerHistory before, WorkerLifecycle event) {
        WorkerHistory worker =
                before == null
                        ? unknown(event.deploymentId(), event.workerId(), event.component())
                        : before;
        return switch (event) {
            case WorkerRequested e ->
                    worker.moved(State.REQUESTED, worker.place, e.at(), worker.startedAt, null);
            case WorkerPending e ->
                    worker.moved(
                            State.PENDING,
                            worker.place,
                            worker.requestedAt,
                            worker.startedAt,
                            e.reason());
            case WorkerStarted e ->
                    worker.moved(State.STARTED, e.place(), worker.requestedAt, e.at(), null);
            case WorkerRemoved e ->
                    worker.gone(
                            State.REMOVED,
                            e.at(),
                            e.cause().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            null,
                            null);
            case WorkerFailed e ->
                    worker.gone(State.FAILED, e.at(), e.message(), e.failureClass(), e.log());
        };
    }

    /** The worker after the dispatcher gave it up. */
    public static WorkerHistory after(@Nullable WorkerHistory before, WorkerLost event) {
        WorkerHistory worker =
                before == null
                        ? unknown(event.deploymentId(), event.workerId(), event.component())
                        : before;
        return worker.gone(State.LOST, event.at(), event.reason(), null, null);
    }

    /** What it costs until its end, or {@code now}. */
    public double cost(Pricing prices, Instant now) {
        return bill().cost(prices, now);
    }

    /** What it is paid for. */
    private WorkerBills.Bill bill() {
        Instant first = requestedAt == null ? startedAt : requestedAt;
        Instant known = first == null ? endedAt : first;
        return new WorkerBills.Bill(
                component, known == null ? Instant.EPOCH : known, startedAt, endedAt);
    }

    private static WorkerHistory unknown(String deploymentId, String workerId, String component) {
        return new WorkerHistory(
                deploymentId,
                workerId,
                component,
                State.REQUESTED,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private WorkerHistory moved(
            State to,
            @Nullable String where,
            @Nullable Instant requested,
            @Nullable Instant started,
            @Nullable String why) {
        return late(to)
                ? this
                : new WorkerHistory(
                        deploymentId,
                        workerId,
                        component,
                        to,
                        where,
                        requested,
                        started,
                        endedAt,
                        why,
                        failureClass,
                        log);
    }

    private WorkerHistory gone(
            State to,
            Instant at,
            String why,
            @Nullable FailureClass failure,
            @Nullable String lastWords) {
        return late(to)
                ? this
                : new WorkerHistory(
                        deploymentId,
                        workerId,
                        component,
                        to,
                        place,
                        requestedAt,
                        startedAt,
                        endedAt == null ? at : endedAt,
                        why,
                        failure,
                        lastWords);
    }

    private boolean late(State to) {
        return state.terminal() || to.compareTo(state) < 0;
    }
}
