package io.scalable.provider.cloud.kubernetes;

import io.scalable.provider.backend.LaunchOrder;

/** What the API server is to be asked next about a worker. */
sealed interface PodCall {

    /** Create the pod. */
    record Create(LaunchOrder order) implements PodCall {}

    /** Is there such a pod, and whose is it? */
    record Look(String name) implements PodCall {}

    /**
     * Delete it.
     *
     * @param uid the pod's; another of that name is left alone
     * @param grace seconds
     * @param unlessReady true if a worker that is ready must be left alone
     */
    record Delete(String name, String uid, int grace, boolean unlessReady) implements PodCall {}

    /** Read its last lines. */
    record ReadLog(String name) implements PodCall {}
}
