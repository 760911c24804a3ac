package io.scalable.telemetry.rest;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.FailureCause;
import io.scalable.telemetry.domain.PoolDecision;
import io.scalable.telemetry.domain.PoolHistory;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.TaskDurations;
import io.scalable.telemetry.domain.TaskTotals;
import io.scalable.telemetry.domain.WorkerHistory;
import io.scalable.telemetry.log.LogTail;
import io.scalable.telemetry.log.WorkerLogs;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.TaskFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Deployments, and what happened in each. */
@Path("/telemetry/deployments")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int LOGGED_TASKS = 5;
    private static final String TOTAL = "X-Total-Count";

    private final TelemetryStore store;

    HistoryResource(TelemetryStore store) {
        this.store = store;
    }

    @GET
    public List<DeploymentHistory> deployments(@Nullable @QueryParam("limit") String limit) {
        return store.reader().deployments(Parameters.limit(limit, 100));
    }

    @GET
    @Path("/{id}")
    public DeploymentSummary deployment(String id) {
        HistoryReader reader = store.reader();
        DeploymentHistory deployment = known(reader, id);
        TaskTotals totals = reader.taskTotals(id);
        ScalePlan plan = reader.newestDecision(id).orElse(null);
        Instant now = Instant.now();
        return new DeploymentSummary(
                deployment,
                now,
                totals.byState(),
                totals.firstQueuedAt(),
                totals.lastFinishedAt(),
                reader.coreHours(id),
                DeploymentSummary.predictedEnd(plan),
                plan == null ? null : plan.cost(),
                deployment.pricing() == null ? null : deployment.pricing().currency(),
                reader.spent(deployment, now),
                store.services().setAside(id),
                deployment.endedAt() == null ? store.services().missing(id) : List.of(),
                host(deployment, now));
    }

    private @Nullable HostState host(DeploymentHistory deployment, Instant now) {
        String host = deployment.providerHost();
        return host == null || deployment.endedAt() != null
                ? null
                : HostState.of(
                        host,
                        deployment.provider(),
                        store.services().providerHost(host).orElse(null),
                        now);
    }

    /** A page of tasks; the header {@code X-Total-Count} says how many there are in all. */
    @GET
    @Path("/{id}/tasks")
    public RestResponse<List<TaskHistory>> tasks(
            String id,
            @Nullable @QueryParam("state") String state,
            @Nullable @QueryParam("task") String task,
            @Nullable @QueryParam("component") String component,
            @Nullable @QueryParam("limit") String limit,
            @Nullable @QueryParam("offset") String offset) {
        var filter =
                new TaskFilter(
                        Parameters.state(state),
                        Parameters.name("task", task),
                        Parameters.name("component", component));
        int most = Parameters.limit(limit, 1_000);
        int from = Parameters.offset(offset);
        HistoryReader reader = readerOf(id);
        return page(reader.tasks(id, filter, most, from), reader.countTasks(id, filter));
    }

    /** The pools as they are now, with what they have used. */
    @GET
    @Path("/{id}/pools")
    public List<PoolHistory> pools(String id) {
        return readerOf(id).pools(id);
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
            @Nullable @QueryParam("since") String since,
            @Nullable @QueryParam("limit") String limit) {
        Instant from = Parameters.since(since);
        int most = Parameters.limit(limit, Parameters.LARGEST_PAGE);
        return readerOf(id).samples(id, from, most);
    }

    /** The newest scale plans that changed a pool, one entry for each pool, oldest first. */
    @GET
    @Path("/{id}/pool-decisions")
    public List<PoolDecision> poolDecisions(
            String id, @Nullable @QueryParam("limit") String limit) {
        int most = Parameters.limit(limit, 1_000);
        return readerOf(id).poolDecisions(id, most);
    }

    /**
     * A page of workers: those that are there first, then the newest of those that are gone; the
     * header {@code X-Total-Count} says how many there are in all.
     */
    @GET
    @Path("/{id}/workers")
    public RestResponse<List<WorkerHistory>> workers(
            String id,
            @Nullable @QueryParam("limit") String limit,
            @Nullable @QueryParam("offset") String offset) {
        int most = Parameters.limit(limit, 1_000);
        int from = Parameters.offset(offset);
        HistoryReader reader = readerOf(id);
        return page(reader.workers(id, most, from), reader.countWorkers(id));
    }

    /** The causes of failed attempts, what made most tasks fail first. */
    @GET
    @Path("/{id}/failure-causes")
    public List<FailureCause> failureCauses(
            String id, @Nullable @QueryParam("limit") String limit) {
        int most = Parameters.limit(limit, 100);
        return readerOf(id).failureCauses(id, most);
    }

    /** How long the tasks took that succeeded, by task name. */
    @GET
    @Path("/{id}/durations")
    public List<TaskDurations> durations(String id) {
        return readerOf(id).durations(id);
    }

    /** The ends of what a worker and its newest tasks have written, as far as it lies here. */
    @GET
    @Path("/{id}/workers/{worker}/log")
    public List<LogTail> log(String id, String worker) {
        HistoryReader reader = store.reader();
        return WorkerLogs.of(
                known(reader, id),
                reader.worker(id, worker)
                        .orElseThrow(
                                () ->
                                        ProblemException.unknown(
                                                "deployment '"
                                                        + id
                                                        + "' has no worker '"
                                                        + worker
                                                        + "'")),
                reader.tasksOf(id, worker, LOGGED_TASKS));
    }

    /** The newest scale plans, oldest first. */
    @GET
    @Path("/{id}/decisions")
    public List<ScalePlan> decisions(String id, @Nullable @QueryParam("limit") String limit) {
        int most = Parameters.limit(limit, Parameters.LARGEST_PAGE);
        return readerOf(id).decisions(id, most);
    }

    @GET
    @Path("/{id}/failures")
    public List<FailedAttempt> failures(
            String id,
            @Nullable @QueryParam("limit") String limit,
            @Nullable @QueryParam("offset") String offset) {
        int most = Parameters.limit(limit, 1_000);
        int from = Parameters.offset(offset);
        return readerOf(id).failures(id, most, from);
    }

    private HistoryReader readerOf(String id) {
        HistoryReader reader = store.reader();
        DeploymentHistory _ = known(reader, id);
        return reader;
    }

    private static DeploymentHistory known(HistoryReader reader, String id) {
        return (id.indexOf('\0') >= 0 ? Optional.<DeploymentHistory>empty() : reader.deployment(id))
                .orElseThrow(
                        () ->
                                ProblemException.unknown(
                                        "telemetry knows no deployment '" + id + "'"));
    }

    private static <T> RestResponse<List<T>> page(List<T> entries, long inAll) {
        return RestResponse.ResponseBuilder.ok(entries).header(TOTAL, inAll).build();
    }
}
