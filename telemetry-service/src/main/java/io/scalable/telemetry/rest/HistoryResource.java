package io.scalable.telemetry.rest;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.FailureCause;
import io.scalable.telemetry.domain.PoolDecision;
import io.scalable.telemetry.domain.PoolHistory;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.TaskDurations;
import io.scalable.telemetry.domain.TaskHistory;
import io.scalable.telemetry.domain.TaskTotals;
import io.scalable.telemetry.domain.WorkerHistory;
import io.scalable.telemetry.log.LogTail;
import io.scalable.telemetry.log.WorkerLogs;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.TaskFilter;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Deployments, and what happened in each. */
@Path("/telemetry/deployments")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int LARGEST_PAGE = 10_000;
    private static final int LOGGED_TASKS = 5;

    private final TelemetryStore store;

    HistoryResource(TelemetryStore store) {
        this.store = store;
    }

    @GET
    public List<DeploymentHistory> deployments(
            @DefaultValue("100") @QueryParam("limit") int limit) {
        return store.reader().deployments(pageSize(limit));
    }

    @GET
    @Path("/{id}")
    public DeploymentSummary deployment(String id) {
        HistoryReader reader = store.reader();
        DeploymentHistory deployment = known(reader, id);
        TaskTotals totals = reader.taskTotals(id);
        ScalePlan plan = reader.newestDecision(id).orElse(null);
        return new DeploymentSummary(
                deployment,
                Instant.now(),
                totals.byState(),
                totals.firstQueuedAt(),
                totals.lastFinishedAt(),
                reader.coreHours(id),
                DeploymentSummary.predictedEnd(plan),
                plan == null ? null : plan.cost(),
                deployment.pricing() == null ? null : deployment.pricing().currency(),
                deployment.pricing() == null
                        ? null
                        : deployment.spent(reader.workers(id), Instant.now()));
    }

    /** A page of tasks; the header {@code X-Total-Count} says how many there are in all. */
    @GET
    @Path("/{id}/tasks")
    public RestResponse<List<TaskHistory>> tasks(
            String id,
            @Nullable @QueryParam("state") String state,
            @Nullable @QueryParam("task") String task,
            @Nullable @QueryParam("component") String component,
            @DefaultValue("1000") @QueryParam("limit") int limit,
            @DefaultValue("0") @QueryParam("offset") int offset) {
        var filter = new TaskFilter(state == null ? null : taskState(state), task, component);
        HistoryReader reader = store.reader();
        return RestResponse.ResponseBuilder.ok(
                        reader.tasks(id, filter, pageSize(limit), Math.max(0, offset)))
                .header("X-Total-Count", reader.countTasks(id, filter))
                .build();
    }

    /** The pools as they are now, with what they have used. */
    @GET
    @Path("/{id}/pools")
    public List<PoolHistory> pools(String id) {
        return store.reader().pools(id);
    }

    /**
     * What the pools needed and had, at most once a second each, oldest first.
     *
     * @param since not before, ISO-8601
     */
    @GET
    @Path("/{id}/samples")
    public List<PoolSample> samples(
            String id,
            @DefaultValue("1970-01-01T00:00:00Z") @QueryParam("since") String since,
            @DefaultValue("10000") @QueryParam("limit") int limit) {
        return store.reader().samples(id, instant(since), pageSize(limit));
    }

    /** The scale plans that changed a pool, one entry for each pool, oldest first. */
    @GET
    @Path("/{id}/pool-decisions")
    public List<PoolDecision> poolDecisions(String id) {
        return store.reader().poolDecisions(id);
    }

    @GET
    @Path("/{id}/workers")
    public List<WorkerHistory> workers(String id) {
        return store.reader().workers(id);
    }

    /** The causes of failed attempts, what made most tasks fail first. */
    @GET
    @Path("/{id}/failure-causes")
    public List<FailureCause> failureCauses(
            String id, @DefaultValue("100") @QueryParam("limit") int limit) {
        return store.reader().failureCauses(id, pageSize(limit));
    }

    /** How long the tasks took that succeeded, by task name. */
    @GET
    @Path("/{id}/durations")
    public List<TaskDurations> durations(String id) {
        return store.reader().durations(id);
    }

    /** The ends of what a worker and its newest tasks have written, as far as it lies here. */
    @GET
    @Path("/{id}/workers/{worker}/log")
    public List<LogTail> log(String id, String worker) {
        HistoryReader reader = store.reader();
        return WorkerLogs.of(
                known(reader, id),
                reader.worker(id, worker)
                        .orElseThrow(() -> new NotFoundException("no worker " + worker)),
                reader.tasksOf(id, worker, LOGGED_TASKS));
    }

    @GET
    @Path("/{id}/decisions")
    public List<ScalePlan> decisions(String id) {
        return store.reader().decisions(id);
    }

    @GET
    @Path("/{id}/failures")
    public List<FailedAttempt> failures(
            String id,
            @DefaultValue("1000") @QueryParam("limit") int limit,
            @DefaultValue("0") @QueryParam("offset") int offset) {
        return store.reader().failures(id, pageSize(limit), Math.max(0, offset));
    }

    private static DeploymentHistory known(HistoryReader reader, String id) {
        return reader.deployment(id)
                .orElseThrow(() -> new NotFoundException("no deployment " + id));
    }

    private static int pageSize(int limit) {
        return Math.clamp(limit, 1, LARGEST_PAGE);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRequestException(
                    "since must be a moment such as 2026-01-31T14:25:01Z, found '" + text + "'", e);
        }
    }

    private static TaskState taskState(String text) {
        try {
            return TaskState.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "state must be one of "
                            + Arrays.toString(TaskState.values())
                            + ", found '"
                            + text
                            + "'",
                    e);
        }
    }
}
