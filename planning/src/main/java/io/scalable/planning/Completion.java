package io.scalable.planning;

/**
 * A task that ended well, as {@link AdaptiveScaler} is told of it.
 *
 * @param tag the component's name, or the tag that the task was routed by
 * @param seconds how long it ran
 */
public record Completion(String tag, double seconds) {}
