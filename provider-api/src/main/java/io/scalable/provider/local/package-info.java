/**
 * Workers on this machine: threads of this JVM, or a JVM each.
 *
 * <p>Threading: the provider and its backends are used by the host's thread; a worker's thread or
 * process only ever calls the {@code changed} callback, which must hand over to that thread.
 * Invariant: no worker outlives this JVM.
 */
@NullMarked
package io.scalable.provider.local;

import org.jspecify.annotations.NullMarked;
