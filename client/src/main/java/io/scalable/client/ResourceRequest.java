package io.scalable.client;

import java.util.List;
import java.util.Locale;

/**
 * What a plan asks for one component.
 *
 * @param count how many workers, 0 or more
 * @param cpus cores of each worker
 * @param memoryBytes memory of each worker
 */
public record ResourceRequest(int count, double cpus, long memoryBytes) {

    /** Largest first; of two ways to write an amount exactly, the decimal one is taken. */
    private static final List<Unit> UNITS =
            List.of(
                    new Unit("T", 1_000_000_000_000L),
                    new Unit("TiB", 1L << 40),
                    new Unit("G", 1_000_000_000),
                    new Unit("GiB", 1 << 30),
                    new Unit("M", 1_000_000),
                    new Unit("MiB", 1 << 20));

    /** Such as {@code 4 x (cpus=2, memory=1.5G)}. */
    @Override
    public String toString() {
        return count + " x (cpus=" + number(cpus) + ", memory=" + memory() + ")";
    }

    /** As a person would write it: exactly, where two decimals do. */
    private String memory() {
        for (Unit unit : UNITS) {
            if (memoryBytes >= unit.bytes() && memoryBytes * 100 % unit.bytes() == 0) {
                return number((double) memoryBytes / unit.bytes()) + unit.name();
            }
        }
        Unit rounded = memoryBytes < 1_000_000_000 ? UNITS.get(4) : UNITS.get(2);
        return number((double) memoryBytes / rounded.bytes()) + rounded.name();
    }

    private record Unit(String name, long bytes) {}

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
