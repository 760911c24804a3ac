/**
 * A task's trace over all services, by W3C Trace Context. Without an OpenTelemetry SDK in the JVM
 * nothing is recorded, and what others sent is handed on.
 */
@NullMarked
package io.scalable.contracts.trace;

import org.jspecify.annotations.NullMarked;
