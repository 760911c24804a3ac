/**
 * Decides how many workers each pool should have by looking ahead: the remaining work is rolled out
 * on candidate worker counts, start delays and all, and the counts with the best cost and time are
 * chosen. {@link io.scalable.planning.lookahead.GraphScaler} does so for a known task graph, {@link
 * io.scalable.planning.lookahead.FlowScaler} weighs waiting against idling where work arrives from
 * outside.
 *
 * <p>Pure: no clock, no randomness, no I/O. Single-threaded use. Seconds and worker-seconds (times
 * the pool's price) throughout.
 */
@NullMarked
package io.scalable.planning.lookahead;

import org.jspecify.annotations.NullMarked;
