package io.scalable.client.inspect;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where runs and other deployments are looked up. Every method but {@link #list} and {@link #find}
 * takes an id that one of those has given.
 *
 * <p>All methods throw {@link IOException}, or {@link io.scalable.client.run.RunException} from
 * brokers, if the source cannot be read; the message is for people.
 */
public interface DeploymentSource extends AutoCloseable {

    /** All that it knows, oldest first. */
    List<DeploymentView> list() throws IOException;

    /** The one called {@code id}; empty if this source does not know it. */
    Optional<DeploymentView> find(String id) throws IOException;

    /** Its tasks, as far as this source has heard of them, by id. */
    List<TaskHistory> tasks(String id) throws IOException;

    /** What a task waits for: ids, {@code <deployment>/<task>/*} for all of a name. */
    List<String> needs(String id, String taskId) throws IOException;

    /** The failed attempts of its tasks, in the order heard. */
    List<FailedAttemptView> failedAttempts(String id) throws IOException;

    /** Its workers, those that are gone among them. */
    List<WorkerView> workers(String id) throws IOException;

    /** Its scale plans, oldest first. */
    List<ScalePlan> plans(String id) throws IOException;

    /** How it fares now; empty where it has ended, or nobody looks after it. */
    Optional<DeploymentCondition> condition(String id) throws IOException;

    /** What {@code worker} has written, as far as that can be had from here. */
    Optional<WorkerLog> workerLog(String id, String worker) throws IOException;

    /**
     * Asks for tasks to be stopped; what has ended stays as it is.
     *
     * @throws io.scalable.client.run.RunException if there is nobody to ask
     */
    void cancel(String id, Cancellation what) throws IOException;

    /**
     * Asks the planner for other worker counts and waits for its decision.
     *
     * @return the plan that was made for it; empty if none came in time
     * @throws IllegalArgumentException if no component answers to the tag
     * @throws io.scalable.client.run.RunException if there is nobody to ask
     */
    Optional<ScalePlan> scale(String id, ScaleWish wish) throws IOException;

    @Override
    default void close() {}
}
