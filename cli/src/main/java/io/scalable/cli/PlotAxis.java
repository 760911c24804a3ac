package io.scalable.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * An axis from 0 on, in round steps.
 *
 * @param step the value of one step
 * @param steps how many there are
 * @param from where 0 lies, pixels
 * @param to where the last step ends, pixels
 */
record PlotAxis(double step, int steps, int from, int to) {

    /** The smallest steps of 1, 2 or 5 times a power of ten that reach {@code most}. */
    static PlotAxis reaching(double most, int steps, int from, int to) {
        double least = Math.max(most, 1e-9) / steps;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double times = least / power;
        double round = times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10;
        return new PlotAxis(round * power, steps, from, to);
    }

    /** The same, with no more steps than it takes, and none below 1: for counts. */
    static PlotAxis counting(int most, int steps, int from, int to) {
        double step = Math.max(1, reaching(most, steps, from, to).step());
        return new PlotAxis(step, steps, from, to).upTo(most);
    }

    /** The same steps, no more than reach {@code most}. */
    PlotAxis upTo(double most) {
        return new PlotAxis(step, Math.max(1, (int) Math.ceil(most / step - 1e-9)), from, to);
    }

    double at(double value) {
        return from + (to - from) * value / (steps * step);
    }

    String label(int tick) {
        return BigDecimal.valueOf(tick * step)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
