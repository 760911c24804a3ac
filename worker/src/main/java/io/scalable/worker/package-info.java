/**
 * A worker: takes leases from its partition of the assignments topic, runs handlers and commands,
 * reports.
 *
 * <p>Threads, all named after the worker: the caller of {@link io.scalable.worker.Worker#run()}
 * reads the assignments; each slot has a thread that runs attempts; one timer sends heartbeats and
 * watches timeouts. They meet in the lease table and in each attempt, which guard themselves.
 *
 * <p>Invariants: nothing of a revoked attempt is reported; an attempt leaves the lease table only
 * after its end was sent, so a heartbeat never denies what is not yet told; many workers may run in
 * one JVM and share nothing; no process of a task outlives its attempt.
 */
@NullMarked
package io.scalable.worker;

import org.jspecify.annotations.NullMarked;
