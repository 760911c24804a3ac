/**
 * What is known of the work and of the target: how long tasks and starts take, what workers cost,
 * what is left to do. Seconds throughout.
 *
 * <p>Pure: no clock, no randomness, no I/O. Single-threaded use.
 */
@NullMarked
package io.scalable.planning.estimate;

import org.jspecify.annotations.NullMarked;
