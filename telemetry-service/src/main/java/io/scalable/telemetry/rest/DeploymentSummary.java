package io.scalable.telemetry.rest;

import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.DeploymentHistory;
import java.util.Map;

/**
 * A deployment and where its tasks are.
 *
 * @param tasks how many tasks are in which state; states without tasks are left out
 */
public record DeploymentSummary(DeploymentHistory deployment, Map<TaskState, Long> tasks) {}
