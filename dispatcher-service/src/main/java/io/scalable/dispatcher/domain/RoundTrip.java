package io.scalable.dispatcher.domain;

/**
 * How long it takes from a lease to the report of its attempt's end, without the attempt itself,
 * measured where a slot was free: what a worker would idle if nothing waited at it. Not kept in
 * rows.
 */
final class RoundTrip {

    /** Before anything is measured, seconds. */
    private static final double FIRST = 0.010;

    /** What is taken for it at least and at most, seconds. */
    private static final double LEAST = 0.002;

    private static final double MOST = 0.100;

    /** Weight of the newest measurement. */
    private static final double NEWEST = 0.1;

    /** So many round trips of work wait at a worker: one that is under way, and one for delays. */
    private static final int TIMES = 2;

    private double seconds = FIRST;

    /**
     * The end of an attempt is heard, and nothing was heard of it since its lease.
     *
     * @param waited true if it waited at its worker behind others: that says nothing of the way
     * @param took seconds from the lease until now, without those that the attempt ran
     */
    void took(boolean waited, double took) {
        if (!waited) {
            seconds += NEWEST * (Math.clamp(took, LEAST, MOST) - seconds);
        }
    }

    /** How much expected work may wait at a worker, seconds per slot. */
    double horizon() {
        return TIMES * seconds;
    }
}
