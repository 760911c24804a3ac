package io.scalable.planning.lookahead;

/**
 * The tasks that have not ended, as arrays, for speed.
 *
 * @param pool the pool of each, by its place
 * @param seconds how long each takes; of a running one, how long it still takes
 * @param running whether each runs
 * @param known whether anything was seen of such tasks; where not, {@code seconds} is a guess
 * @param waitsFor how many parents of each have not ended
 * @param children the tasks that wait for each
 */
record Work(
        int[] pool,
        double[] seconds,
        boolean[] running,
        boolean[] known,
        int[] waitsFor,
        int[][] children) {

    /** What {@code pool} says of an item that needs no worker: it is over when it may begin. */
    static final int NO_POOL = -1;

    int size() {
        return pool.length;
    }

    /** The same work where everything that is only guessed takes {@code factor} times as long. */
    Work stretched(double factor) {
        double[] other = seconds.clone();
        for (int i = 0; i < other.length; i++) {
            if (!known[i] && !running[i]) {
                other[i] *= factor;
            }
        }
        return new Work(pool, other, running, known, waitsFor, children);
    }

    boolean hasGuesses() {
        for (boolean k : known) {
            if (!k) {
                return true;
            }
        }
        return false;
    }
}
