package io.scalable.planning.lookahead;

/**
 * How things may turn out. Each uncertain thing is drawn evenly over its distribution, one draw
 * from each of as many equal parts as there are scenarios (a Latin hypercube); the same thing gives
 * the same draws, so that candidates are compared on common random numbers.
 */
final class Scenarios {

    /** How many there are. */
    static final int COUNT = 6;

    private Scenarios() {}

    /** A number from 0 to 1 for a thing in a scenario. */
    static double stratum(int thing, int scenario) {
        int mixed = thing * 0x9E3779B9;
        mixed ^= mixed >>> 15;
        // Steps of 1 or 5 reach every part of six.
        int step = (mixed >>> 8) % 2 == 0 ? 1 : COUNT - 1;
        int part = Math.floorMod(mixed + step * scenario, COUNT);
        return (part + 0.5) / COUNT;
    }
}
