/**
 * Runs and deployments looked at from outside: one port, {@link
 * io.scalable.client.inspect.DeploymentSource}, whether they stand in run folders, on brokers or
 * with telemetry. Nothing here is thread-safe.
 */
@NullMarked
package io.scalable.client.inspect;

import org.jspecify.annotations.NullMarked;
