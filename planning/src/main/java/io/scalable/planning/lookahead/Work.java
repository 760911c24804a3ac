package io.scalable.planning.lookahead;

/**
 * The tasks that have not ended, as arrays, for speed.
 *
 * @param pool the pool of each, by its place
 * @param seconds how long each takes; of a running one, how long it still takes
 * @param running whether each runs
 * @param waitsFor how many parents of each have not ended
 * @param children the tasks that wait for each
 * @param draws {@code seconds} as they may turn out: one array for each scenario
 */
record Work(
        int[] pool,
        double[] seconds,
        boolean[] running,
        int[] waitsFor,
        int[][] children,
        double[][] draws) {

    /** What {@code pool} says of an item that needs no worker: it is over when it may begin. */
    static final int NO_POOL = -1;

    int size() {
        return pool.length;
    }
}
