package io.scalable.planning.lookahead;

/** How many tasks arrive per second, lately: an exponentially weighted mean without start bias. */
final class Arrivals {

    private static final double WINDOW = 300;

    private double weighted;
    private double rate;

    /**
     * @param count tasks that came
     * @param passed the seconds in which they came, above 0
     * @param now seconds since the beginning
     */
    void observe(int count, double passed, double now) {
        double keep = Math.exp(-passed / WINDOW);
        weighted = weighted * keep + count * (1 - keep) / passed;
        rate = weighted / (1 - Math.exp(-Math.max(passed, now + passed) / WINDOW));
    }

    double perSecond() {
        return rate;
    }
}
