/**
 * The brain as a pure library: how long work takes, how many workers it is worth, and when to
 * change their number.
 *
 * <p>Nothing here reads a clock, draws a random number or does I/O: the time comes in with every
 * call. So the same inputs give the same decisions, live, in a replay and in a simulation. Classes
 * that keep state ({@link io.scalable.planning.DeploymentPlanner}, {@link
 * io.scalable.planning.estimate.WorkEstimator}, {@link io.scalable.planning.AdaptiveScaler}) belong
 * to one thread.
 *
 * <p>Invariants: no pool leaves its bounds, all pools together never pass the target's maximum
 * (where the minimums of idle pools and the first worker of a runnable one do not fit together, the
 * runnable one wins), and every decision says why.
 */
@NullMarked
package io.scalable.planning;

import org.jspecify.annotations.NullMarked;
