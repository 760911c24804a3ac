package io.scalable.contracts.deployment;

import org.jspecify.annotations.Nullable;

/**
 * An edge of the compact task graph: a task waits for another.
 *
 * @param task the name of the task that is waited for
 * @param groupKey null to wait for all of its tasks; else the item key whose value both items must
 *     share
 */
public record Need(String task, @Nullable String groupKey) {}
