/**
 * Workers as Slurm jobs.
 *
 * <p>Threading: {@link io.scalable.provider.slurm.SlurmBackend} is used by the host's thread; every
 * command of Slurm runs on one thread of the backend's own, and its answer is taken in by the
 * host's next look. Invariant: what Slurm does not say is unknown, never failed.
 */
@NullMarked
package io.scalable.provider.slurm;

import org.jspecify.annotations.NullMarked;
