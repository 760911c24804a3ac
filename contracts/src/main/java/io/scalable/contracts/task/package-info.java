/** A task's life on the wire: commands, events, results. */
@NullMarked
package io.scalable.contracts.task;

import org.jspecify.annotations.NullMarked;
