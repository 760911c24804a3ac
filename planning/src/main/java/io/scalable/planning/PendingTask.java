package io.scalable.planning;

/**
 * A task that is not done, as {@link AdaptiveScaler} is told of it.
 *
 * @param tag the component's name, or the tag that the task is routed by
 */
public record PendingTask(String tag) {}
