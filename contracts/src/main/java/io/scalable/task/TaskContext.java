package io.scalable.task;

import java.nio.file.Path;

/** What a running task may know about itself. */
public interface TaskContext {

    /** The deployment (the run) that the task belongs to. */
    String deploymentId();

    /** The task's id, unique within all deployments. */
    String taskId();

    /** 1 for the first attempt, then 2, 3 and so on. */
    int attempt();

    /** The folder that relative paths of the manifest mean: where the manifest lies. */
    Path directory();

    /** True once the task was cancelled or ran out of time; the thread is interrupted as well. */
    boolean isCancelled();
}
