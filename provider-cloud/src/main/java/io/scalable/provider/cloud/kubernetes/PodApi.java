package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * What the backend asks of the API server, within one namespace. Calls block, for some seconds at
 * most; all throw {@link ApiException}. Thread-safe.
 */
interface PodApi extends AutoCloseable {

    /** Creates a pod; its uid. */
    String create(Pod pod);

    Optional<Pod> find(String name);

    /**
     * Deletes a pod.
     *
     * @param uid the pod's; another of that name is left alone
     * @param grace seconds until it is killed; 0 takes the object away without its node's word
     */
    void delete(String name, String uid, int grace);

    /** A pod's last lines. */
    String log(String name);

    /** Creates a Secret, or makes it what it is to be; its uid. */
    String put(Secret secret);

    /** Deletes a Secret, if there is one. */
    void deleteSecret(String name);

    /** Watches pods by their labels until closed. Does not block. */
    PodWatch watch(Map<String, String> labels, PodListener listener);

    @Override
    void close();

    /** What is seen of the pods, in order, by one thread at a time. */
    interface PodListener {

        /** A pod is there, or has changed. */
        void seen(Pod pod);

        /** A pod is gone; this is the last that was seen of it. */
        void gone(Pod pod);

        /** All pods that were there at the start have been shown. */
        void listed();

        /** The watch failed and is tried again. */
        void failed(ApiProblem problem);
    }

    /** A watch that mends itself. */
    interface PodWatch extends AutoCloseable {

        /** True while changes are heard of. */
        boolean alive();

        @Override
        void close();
    }
}
