/**
 * A run: its folder, its driver and what is known while it goes on.
 *
 * <p>{@link io.scalable.client.run.LiveRun} meets the topics and owns one follower thread; all its
 * state is guarded by one lock. Everything else is values and folds without I/O, or files. The
 * first result of a task is the accepted one; whatever comes later changes nothing.
 */
@NullMarked
package io.scalable.client.run;

import org.jspecify.annotations.NullMarked;
