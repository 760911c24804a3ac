/**
 * A discrete-event simulator: a workload, a provider and a scaler in virtual time. The scaler is
 * the planner itself, so that what is simulated is what runs. Deterministic for a seed;
 * single-threaded use.
 */
@NullMarked
package io.scalable.planning.simulation;

import org.jspecify.annotations.NullMarked;
