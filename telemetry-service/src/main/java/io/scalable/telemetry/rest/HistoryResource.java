package io.scalable.telemetry.rest;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.TaskHistory;
import io.scalable.telemetry.domain.WorkerHistory;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Deployments, and what happened in each. */
@Path("/telemetry/deployments")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int LARGEST_PAGE = 10_000;

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
        DeploymentHistory deployment =
                store.reader()
                        .deployment(id)
                        .orElseThrow(() -> new NotFoundException("no deployment " + id));
        return new DeploymentSummary(deployment, store.reader().taskCounts(id));
    }

    @GET
    @Path("/{id}/tasks")
    public List<TaskHistory> tasks(
            String id,
            @Nullable @QueryParam("state") String state,
            @DefaultValue("1000") @QueryParam("limit") int limit,
            @DefaultValue("0") @QueryParam("offset") int offset) {
        return store.reader()
                .tasks(
                        id,
                        state == null ? null : taskState(state),
                        pageSize(limit),
                        Math.max(0, offset));
    }

    @GET
    @Path("/{id}/workers")
    public List<WorkerHistory> workers(String id) {
        return store.reader().workers(id);
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

    private static int pageSize(int limit) {
        return Math.clamp(limit, 1, LARGEST_PAGE);
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
