/** History as JSON, under {@code /telemetry} and nowhere else. Read-only. */
@NullMarked
package io.scalable.telemetry.rest;

import org.jspecify.annotations.NullMarked;
