/**
 * Workloads and providers drawn at random, and what perfect knowledge would make of a workload:
 * what scaling decisions are judged by. Seconds and worker-seconds (times the pool's price)
 * throughout.
 *
 * <p>Pure: the same seed gives the same workload. Single-threaded use.
 */
@NullMarked
package io.scalable.planning.workload;

import org.jspecify.annotations.NullMarked;
