/**
 * The fleet in numbers for Prometheus, made of the records that history is made of. They count
 * nothing where the application brings no registry.
 */
@NullMarked
package io.scalable.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
