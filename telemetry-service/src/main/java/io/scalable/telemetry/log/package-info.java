/** What workers and their tasks have written, as far as it can be read from here. */
@NullMarked
package io.scalable.telemetry.log;

import org.jspecify.annotations.NullMarked;
