package io.scalable.client.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of a run: the run began with the first, and each resumption after an end is another,
 * with a deployment of its own.
 *
 * @param deploymentId its deployment
 * @param started when its deployment was made
 * @param finished when it ended; null while it goes on
 */
public record RunLife(String deploymentId, Instant started, @Nullable Instant finished) {}
