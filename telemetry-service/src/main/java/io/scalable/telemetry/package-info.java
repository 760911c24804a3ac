/**
 * The telemetry service: folds what the topics say of deployments, tasks, workers and scale plans
 * into a store, and serves it as JSON under {@code /telemetry}. It decides nothing, and nothing
 * waits for it.
 */
@NullMarked
package io.scalable.telemetry;

import org.jspecify.annotations.NullMarked;
