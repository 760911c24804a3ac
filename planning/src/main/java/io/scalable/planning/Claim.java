package io.scalable.planning;

/**
 * What one pool asks of the workers that all pools share.
 *
 * @param component the pool's component
 * @param minimum its minimum
 * @param current workers that it was granted before; 0 in a first plan
 * @param wanted workers that it should have
 * @param alive workers that are there or on their way
 * @param draining workers that still leave
 * @param waiting true if tasks wait for a worker
 * @param working true if attempts run
 * @param workSeconds its work, seconds on one worker
 */
record Claim(
        String component,
        int minimum,
        int current,
        int wanted,
        int alive,
        int draining,
        boolean waiting,
        boolean working,
        double workSeconds) {

    /** True if the pool has something to do now. */
    boolean active() {
        return waiting || working;
    }
}
