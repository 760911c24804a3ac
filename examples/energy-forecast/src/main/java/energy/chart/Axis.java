package energy.chart;

import java.util.stream.DoubleStream;

/**
 * Maps values onto pixels in a straight line.
 *
 * @param low the value at {@code start}
 * @param high the value at {@code end}, above {@code low}
 * @param start the pixel of {@code low}
 * @param end the pixel of {@code high}; less than {@code start} for an axis that points up
 */
record Axis(double low, double high, double start, double end) {

    double pixel(double value) {
        return start + (value - low) / (high - low) * (end - start);
    }

    /** The multiples of {@code step} on the axis. */
    double[] ticks(double step) {
        return DoubleStream.iterate(
                        Math.ceil(low / step) * step, tick -> tick <= high + 1e-9, t -> t + step)
                .toArray();
    }

    /** A step of 1, 2 or 5 times a power of ten that makes at most {@code count} steps. */
    static double niceStep(double length, int count) {
        double power = Math.pow(10, Math.floor(Math.log10(length / count)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(step -> length / step <= count + 1e-9)
                .findFirst()
                .orElseThrow();
    }
}
