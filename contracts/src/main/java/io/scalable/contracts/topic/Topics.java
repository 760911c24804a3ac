package io.scalable.contracts.topic;

import io.scalable.contracts.Limits;
import java.time.Duration;
import java.util.List;

/** Every topic of Scalable. Records are keyed by the deployment's id unless said otherwise. */
public final class Topics {

    /**
     * {@link io.scalable.contracts.deployment.DeploymentSpec}; its tombstone ends the deployment.
     */
    public static final String DEPLOYMENTS = "scalable.deployments";

    /** {@link io.scalable.contracts.task.TaskCommand}: from anyone to the dispatcher. */
    public static final String TASKS = "scalable.tasks";

    /** {@link io.scalable.contracts.worker.WorkerReport}: from workers to the dispatcher. */
    public static final String WORKER_REPORTS = "scalable.worker-reports";

    /** {@link io.scalable.contracts.task.TaskEvent}: from the dispatcher to everybody. */
    public static final String TASK_EVENTS = "scalable.task-events";

    /** {@link io.scalable.contracts.scaling.PoolDemand}: from the dispatcher to the planner. */
    public static final String POOL_DEMAND = "scalable.pool-demand";

    /** {@link io.scalable.contracts.scaling.ScaleRequested}: from people to the planner. */
    public static final String SCALE_REQUESTS = "scalable.scale-requests";

    /**
     * {@link io.scalable.contracts.scaling.ScalePlan}: from the planner to providers, dispatcher,
     * telemetry.
     */
    public static final String SCALE_PLANS = "scalable.scale-plans";

    /** {@link io.scalable.contracts.worker.WorkerLifecycle}: from providers to everybody. */
    public static final String WORKER_LIFECYCLE = "scalable.worker-lifecycle";

    /** {@link io.scalable.contracts.worker.Launch}: the providers' ledger, keyed by worker. */
    public static final String LAUNCHES = "scalable.launches";

    /** {@link DeadLetter}: what no consumer could use. */
    public static final String DEAD_LETTERS = "scalable.dead-letters";

    /**
     * {@link io.scalable.contracts.service.ServiceEvent}, keyed by {@code key()}: from services.
     */
    public static final String SERVICE_EVENTS = "scalable.service-events";

    private static final String ASSIGNMENTS = "scalable.assignments.";
    private static final String RESULTS = "scalable.results.";

    /**
     * {@link io.scalable.contracts.scaling.DurationsLearned}: the planner's memory of durations,
     * read by itself.
     */
    public static final String ESTIMATES = "scalable.estimates";

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private static final List<Topic> ALL =
            List.of(
                    Topic.compact(DEPLOYMENTS),
                    Topic.kept(TASKS, WEEK),
                    Topic.kept(WORKER_REPORTS, DAY),
                    Topic.kept(TASK_EVENTS, WEEK),
                    Topic.compact(POOL_DEMAND),
                    Topic.kept(SCALE_REQUESTS, DAY),
                    Topic.compact(SCALE_PLANS),
                    Topic.compact(ESTIMATES),
                    Topic.kept(WORKER_LIFECYCLE, WEEK),
                    Topic.compact(LAUNCHES),
                    Topic.kept(DEAD_LETTERS, Duration.ofDays(30)),
                    Topic.compact(SERVICE_EVENTS));

    private Topics() {}

    /**
     * The topics that every deployment shares; any service makes sure of all of them at its start.
     */
    public static List<Topic> all() {
        return ALL;
    }

    /** How many bytes a record on {@code topic} may have, its value and headers together. */
    public static int recordBytes(String topic) {
        if (topic.startsWith(ASSIGNMENTS) || topic.startsWith(RESULTS)) {
            return Limits.OWN_RECORD_BYTES;
        }
        return topic.equals(TASKS) ? Limits.TASK_RECORD_BYTES : Limits.SHARED_RECORD_BYTES;
    }

    /** True for the assignments topic of some deployment. */
    public static boolean isAssignments(String topic) {
        return topic.startsWith(ASSIGNMENTS);
    }

    /** True for the results topic of some deployment. */
    public static boolean isResults(String topic) {
        return topic.startsWith(RESULTS);
    }

    /**
     * {@link io.scalable.contracts.worker.Assignment}: from the dispatcher to one deployment's
     * workers.
     */
    public static String assignments(String deploymentId) {
        return ASSIGNMENTS + deploymentId;
    }

    /**
     * {@link io.scalable.contracts.task.TaskResult}: from the dispatcher to one deployment's
     * driver; one partition.
     */
    public static String results(String deploymentId) {
        return RESULTS + deploymentId;
    }
}
