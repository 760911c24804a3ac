package io.scalable.telemetry.domain;

import java.time.Instant;

/**
 * A deployment that a service does not process until it is released.
 *
 * @param service who has set it aside, such as {@code planner}
 * @param reason why, for people
 * @param at since when
 */
public record SetAside(String deploymentId, String service, String reason, Instant at) {}
