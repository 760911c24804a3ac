package io.scalable.telemetry.domain;

/**
 * How long the tasks of one name took that succeeded, seconds.
 *
 * @param task the task's name
 * @param count how many there are
 * @param p50 half of them took at most so long
 * @param p95 19 of 20 took at most so long
 * @param max the longest
 */
public record TaskDurations(String task, long count, double p50, double p95, double max) {}
