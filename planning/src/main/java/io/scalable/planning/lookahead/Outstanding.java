package io.scalable.planning.lookahead;

/**
 * What is left to do at one moment. The arrays after the first component have one entry per pool.
 *
 * @param work the tasks, and what waits for what
 * @param tasks how many have not ended
 * @param known whether anything is known of how long they take
 * @param mean how long one takes on average, seconds
 * @param residuals how long each running attempt still takes, seconds, in the order of the
 *     observation
 * @param residualDraws the same as it may turn out, by scenario
 */
record Outstanding(
        Work work,
        int[] tasks,
        boolean[] known,
        double[] mean,
        double[][] residuals,
        double[][][] residualDraws) {

    /** True if no task is left. */
    boolean isEmpty() {
        for (int n : tasks) {
            if (n > 0) {
                return false;
            }
        }
        return true;
    }
}
