/**
 * Dispatcher, planner, provider host and workers in one thread and in virtual time, over an
 * in-memory log, under faults that a seed decides.
 *
 * <p>The services' pure cores are the real ones; what surrounds them, down to what a killed process
 * loses, is played. Threading: one simulation, one thread. Invariant: the same seed gives the same
 * history.
 */
@NullMarked
package io.scalable.simulation;

import org.jspecify.annotations.NullMarked;
