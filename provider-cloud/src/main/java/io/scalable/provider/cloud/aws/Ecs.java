package io.scalable.provider.cloud.aws;

import java.util.Collection;
import java.util.List;

/**
 * The few things that are asked of AWS, in one cluster. Calls block, and may be made by several
 * threads. All throw {@link AwsException}.
 */
interface Ecs extends AutoCloseable {

    /** What RunTask answered. */
    sealed interface Answer {

        /** The task is there. */
        record Started(EcsTask task) implements Answer {}

        /** Nothing was started, for there is no room at present. */
        record NoCapacity(String reason) implements Answer {}
    }

    /** Makes sure of a task definition with this content; its ARN. */
    String define(TaskContent content);

    /** Deregisters all revisions of a family. */
    void undefine(String family);

    /** Keeps a secret, in place of what was there. */
    void putSecret(String name, String value);

    /** Deletes a secret; one that is not there is no error. */
    void deleteSecret(String name);

    /** Runs one task. */
    Answer run(RunRequest request);

    /**
     * The ARNs of tasks.
     *
     * @param startedBy of these alone; empty for all
     * @param stopped those that have stopped, which ECS remembers for an hour, instead of the
     *     others
     */
    List<String> list(String startedBy, boolean stopped);

    /** How tasks are. Those that nobody knows, and those that are no workers, are left out. */
    List<EcsTask> describe(Collection<String> arns);

    /** Stops a task: SIGTERM, later SIGKILL. One that is gone is no error. */
    void stop(String arn, String reason);

    @Override
    void close();
}
