/**
 * The port to what runs workers: a thread pool, processes, Slurm, a cloud. One {@link
 * io.scalable.provider.backend.WorkerBackend} serves one deployment.
 *
 * <p>Threading: one thread calls a backend. Invariant: the worker id is the idempotency token and
 * the ownership tag, so whatever a backend lists can be traced to its launch.
 */
@NullMarked
package io.scalable.provider.backend;

import org.jspecify.annotations.NullMarked;
