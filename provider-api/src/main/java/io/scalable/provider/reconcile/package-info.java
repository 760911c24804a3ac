/**
 * The reconcile loop's decisions, shared by all providers: what was wanted against what is listed.
 *
 * <p>Pure: no clock, no threads, no I/O. {@link io.scalable.provider.reconcile.Reconciler} decides,
 * {@link io.scalable.provider.reconcile.Cluster#apply} alone changes state.
 *
 * <p>Invariants: a worker id is used once; never more workers alive than wanted, nor than a bound
 * allows, by a launch; a worker that is ready is never ended while its deployment lives.
 */
@NullMarked
package io.scalable.provider.reconcile;

import org.jspecify.annotations.NullMarked;
