/**
 * Providers: the port {@link io.scalable.provider.DeploymentProvider} and the loop that they all
 * share, {@link io.scalable.provider.ProviderHost}.
 *
 * <p>Threading: a host, and everything it owns, is used by one thread. Invariants: the launch
 * ledger is written before the backend is called; an end is told before the ledger forgets it;
 * events may be told twice after a restart, never lost.
 */
@NullMarked
package io.scalable.provider;

import org.jspecify.annotations.NullMarked;
