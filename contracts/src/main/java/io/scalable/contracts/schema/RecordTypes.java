package io.scalable.contracts.schema;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.task.SubmitTasks;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskEvents;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignments;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerReport;
import io.scalable.contracts.worker.WorkerReports;
import java.util.List;

/** Every type of record, topic by topic. */
public final class RecordTypes {

    static final String ASSIGNMENTS = Topics.assignments("{deploymentId}");
    static final String RESULTS = Topics.results("{deploymentId}");

    private static final List<RecordType> ALL =
            List.of(
                    new RecordType(DeploymentSpec.class, Topics.DEPLOYMENTS, "1.2"),
                    new RecordType(TaskCommand.SubmitTask.class, Topics.TASKS, "1.1"),
                    new RecordType(SubmitTasks.class, Topics.TASKS, "1.0"),
                    new RecordType(TaskCommand.CancelTask.class, Topics.TASKS, "1.0"),
                    new RecordType(TaskCommand.CancelAll.class, Topics.TASKS, "1.0"),
                    new RecordType(TaskCommand.ResultsWanted.class, Topics.TASKS, "1.0"),
                    new RecordType(WorkerReport.WorkerReady.class, Topics.WORKER_REPORTS, "1.0"),
                    new RecordType(
                            WorkerReport.WorkerHeartbeat.class, Topics.WORKER_REPORTS, "1.1"),
                    new RecordType(WorkerReport.AttemptStarted.class, Topics.WORKER_REPORTS, "1.1"),
                    new RecordType(
                            WorkerReport.AttemptFinished.class, Topics.WORKER_REPORTS, "1.1"),
                    new RecordType(WorkerReport.WorkerLeft.class, Topics.WORKER_REPORTS, "1.0"),
                    new RecordType(WorkerReports.class, Topics.WORKER_REPORTS, "1.0"),
                    new RecordType(TaskEvent.TaskQueued.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskLeased.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskStarted.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskSucceeded.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskRetried.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskFailed.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskCancelled.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskSkipped.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.TaskDeadLettered.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvent.WorkerLost.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(TaskEvents.class, Topics.TASK_EVENTS, "1.0"),
                    new RecordType(PoolDemand.class, Topics.POOL_DEMAND, "1.1"),
                    new RecordType(ScaleRequested.class, Topics.SCALE_REQUESTS, "1.2"),
                    new RecordType(ScalePlan.class, Topics.SCALE_PLANS, "1.1"),
                    new RecordType(DurationsLearned.class, Topics.ESTIMATES, "1.0"),
                    new RecordType(
                            WorkerLifecycle.WorkerRequested.class, Topics.WORKER_LIFECYCLE, "1.0"),
                    new RecordType(
                            WorkerLifecycle.WorkerPending.class, Topics.WORKER_LIFECYCLE, "1.0"),
                    new RecordType(
                            WorkerLifecycle.WorkerStarted.class, Topics.WORKER_LIFECYCLE, "1.0"),
                    new RecordType(
                            WorkerLifecycle.WorkerRemoved.class, Topics.WORKER_LIFECYCLE, "1.1"),
                    new RecordType(
                            WorkerLifecycle.WorkerFailed.class, Topics.WORKER_LIFECYCLE, "1.0"),
                    new RecordType(Launch.class, Topics.LAUNCHES, "1.0"),
                    new RecordType(Assignment.LeaseParents.class, ASSIGNMENTS, "1.0"),
                    new RecordType(Assignment.LeaseGranted.class, ASSIGNMENTS, "1.2"),
                    new RecordType(Assignment.LeaseRevoked.class, ASSIGNMENTS, "1.0"),
                    new RecordType(Assignment.DrainRequested.class, ASSIGNMENTS, "1.0"),
                    new RecordType(Assignments.class, ASSIGNMENTS, "1.0"),
                    new RecordType(TaskResult.class, RESULTS, "1.0"),
                    new RecordType(DeadLetter.class, Topics.DEAD_LETTERS, "1.1"),
                    new RecordType(
                            ServiceEvent.DeploymentSetAside.class, Topics.SERVICE_EVENTS, "1.0"),
                    new RecordType(
                            ServiceEvent.DeploymentReleased.class, Topics.SERVICE_EVENTS, "1.0"),
                    new RecordType(
                            ServiceEvent.ProviderHostSeen.class, Topics.SERVICE_EVENTS, "1.0"));

    private RecordTypes() {}

    /** All types, topic by topic. */
    public static List<RecordType> all() {
        return ALL;
    }

    /**
     * The entry of a Java record.
     *
     * @throws IllegalArgumentException if it stands on no topic
     */
    public static RecordType of(Class<?> type) {
        return ALL.stream()
                .filter(known -> known.type() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " is a record of no topic"));
    }

    /** The types that stand on {@code topic}. */
    public static List<RecordType> on(String topic) {
        return ALL.stream().filter(known -> known.topic().equals(topic)).toList();
    }
}
