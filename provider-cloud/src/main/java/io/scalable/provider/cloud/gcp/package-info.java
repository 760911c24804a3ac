/**
 * Workers on Google Cloud: on Cloud Run, one worker pool with one instance each, and on GKE, where
 * they are Kubernetes' own and this package only finds the cluster and logs in to it.
 *
 * <p>Threading: the host's thread calls a backend; what blocks runs on a thread of the backend's,
 * and its answers are taken in by the next look. Invariants: a worker's id gives its pool's name,
 * so asking twice gives one pool; a pool is found again by its annotations alone; a worker is over
 * only when its pool is.
 */
@NullMarked
package io.scalable.provider.cloud.gcp;

import org.jspecify.annotations.NullMarked;
