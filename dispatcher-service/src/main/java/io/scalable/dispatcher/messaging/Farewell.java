package io.scalable.dispatcher.messaging;

/**
 * The last words to the workers of a deployment that has ended. They go their own way: the
 * deployment's topics may be deleted at any moment now, and a record stuck on a deleted topic would
 * hold up everybody's commits.
 */
@FunctionalInterface
interface Farewell {

    /**
     * Sends an assignment if it still can be sent; does not wait.
     *
     * @param key the worker
     */
    void send(byte[] key, Outgoing assignment);
}
