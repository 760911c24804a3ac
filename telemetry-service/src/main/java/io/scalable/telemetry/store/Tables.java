package io.scalable.telemetry.store;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.telemetry.domain.ComponentHistory;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.domain.SetAside;
import io.scalable.telemetry.domain.WorkerHistory;
import io.scalable.telemetry.store.Table.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How what is remembered becomes rows; {@link Rows} is the way back. */
final class Tables {

    static final JsonCodec<ScalePlan> PLANS = JsonCodec.of(ScalePlan.class);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    static final JsonCodec<Pricing> PRICING = JsonCodec.of(Pricing.class);

    static final Table DEPLOYMENTS =
            new Table(
                    "deployments",
                    List.of("deployment_id"),
                    List.of(
                            "project",
                            "target",
                            "provider",
                            "objective",
                            "policy",
                            "storage",
                            "created_at",
                            "ended_at",
                            "pricing",
                            "provider_host"));

    static final Table TASKS =
            new Table(
                    "tasks",
                    List.of("deployment_id", "task_id"),
                    List.of(
                            "task",
                            "component",
                            "state",
                            "attempt",
                            "worker_id",
                            "queued_at",
                            "started_at",
                            "finished_at",
                            "duration_seconds",
                            "reason"));

    static final Table WORKERS =
            new Table(
                    "workers",
                    List.of("deployment_id", "worker_id"),
                    List.of(
                            "component",
                            "state",
                            "place",
                            "requested_at",
                            "started_at",
                            "ended_at",
                            "reason",
                            "failure_class",
                            "log"));

    static final Table FAILURES =
            new Table(
                    "failures",
                    List.of("deployment_id", "event_id"),
                    List.of(
                            "task_id",
                            "attempt",
                            "worker_id",
                            "failure_class",
                            "type",
                            "message",
                            "stack",
                            "terminal",
                            "failed_at"));

    static final Table DECISIONS =
            new Table(
                    "decisions",
                    List.of("deployment_id", "generation"),
                    List.of("decided_at", "plan"));

    static final Table COMPONENTS =
            new Table(
                    "components",
                    List.of("deployment_id", "component"),
                    List.of("cpus", "memory_bytes", "slots", "minimum", "maximum"));

    static final Table POOL_SAMPLES =
            new Table(
                    "pool_samples",
                    List.of("deployment_id", "component", "sampled_at"),
                    List.of(
                            "blocked",
                            "ready",
                            "running",
                            "done",
                            "idle",
                            "starting",
                            "draining",
                            "alive"));

    static final Table POOL_PLANS =
            new Table(
                    "pool_plans",
                    List.of("deployment_id", "component", "generation"),
                    List.of("decided_at", "desired", "reason", "binding_constraint"));

    static final Table SET_ASIDE =
            new Table(
                    "set_aside",
                    List.of("deployment_id", "service"),
                    List.of("reason", "set_aside_at"));

    static final Table MISSING_NEEDS =
            new Table("missing_needs", List.of("deployment_id", "need"), List.of("waiting"));

    static final Table PROVIDER_HOSTS =
            new Table("provider_hosts", List.of("host_id"), List.of("providers", "heard_at"));

    private Tables() {}

    static Row row(String deploymentId, MissingNeed missing) {
        return Row.of(missing.waiting(), deploymentId, missing.need());
    }

    static Row row(SetAside s) {
        return Row.of(s.reason(), time(s.at()), s.deploymentId(), s.service());
    }

    static Row row(ProviderHost h) {
        return Row.of(String.join(",", h.providers()), time(h.heardAt()), h.hostId());
    }

    static Row row(DeploymentHistory d) {
        return Row.of(
                d.project(),
                d.target(),
                d.provider(),
                d.objective(),
                d.policy(),
                d.storage() == null ? null : d.storage().toString(),
                time(d.createdAt()),
                time(d.endedAt()),
                d.pricing() == null ? null : PRICING.encodeToString(d.pricing()),
                d.providerHost(),
                d.deploymentId());
    }

    static Row row(TaskHistory t) {
        return Row.of(
                t.task(),
                t.component(),
                t.state().name(),
                t.attempt(),
                t.workerId(),
                time(t.queuedAt()),
                time(t.startedAt()),
                time(t.finishedAt()),
                t.durationSeconds(),
                StoredText.cut(t.reason()),
                t.deploymentId(),
                t.taskId());
    }

    static Row row(WorkerHistory w) {
        return Row.of(
                w.component(),
                w.state().name(),
                w.place(),
                time(w.requestedAt()),
                time(w.startedAt()),
                time(w.endedAt()),
                StoredText.cut(w.reason()),
                failureClass(w),
                StoredText.cut(w.log()),
                w.deploymentId(),
                w.workerId());
    }

    static Row row(FailedAttempt f) {
        return Row.of(
                f.taskId(),
                f.attempt(),
                f.workerId(),
                f.failure().failureClass().name(),
                f.failure().type(),
                StoredText.cut(f.failure().message()),
                StoredText.cut(f.failure().stack()),
                f.terminal(),
                time(f.failedAt()),
                f.deploymentId(),
                f.eventId());
    }

    static Row row(ScalePlan p) {
        return Row.of(time(p.at()), PLANS.encodeToString(p), p.deploymentId(), p.generation());
    }

    static Row row(ComponentHistory c) {
        return Row.of(
                c.cpus(),
                c.memoryBytes(),
                c.slots(),
                c.minimum(),
                c.maximum(),
                c.deploymentId(),
                c.component());
    }

    static Row row(PoolSample s) {
        return Row.of(
                s.blocked(),
                s.ready(),
                s.running(),
                s.done(),
                s.idle(),
                s.starting(),
                s.draining(),
                s.alive(),
                s.deploymentId(),
                s.component(),
                time(s.at()));
    }

    /** A row for each pool of a plan. */
    static Stream<Row> poolRows(ScalePlan plan) {
        return plan.pools().stream()
                .map(
                        pool ->
                                Row.of(
                                        time(plan.at()),
                                        pool.desired(),
                                        pool.reason(),
                                        pool.bindingConstraint(),
                                        plan.deploymentId(),
                                        pool.component(),
                                        plan.generation()));
    }

    private static @Nullable String failureClass(WorkerHistory worker) {
        FailureClass failed = worker.failureClass();
        return failed == null ? null : failed.name();
    }

    /** Databases hold a few thousand years, and not the same ones. */
    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        if (instant != null && (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST))) {
            throw new StoreException(
                    StoreException.Fault.DATA,
                    "the time " + instant + " is not between the years 1 and 9999");
        }
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
