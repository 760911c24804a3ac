/** The service's settings, and what is made from them at start. */
@NullMarked
package io.scalable.telemetry.config;

import org.jspecify.annotations.NullMarked;
