package io.scalable.client;

import java.util.Locale;

/**
 * What a plan asks for one component.
 *
 * @param count how many workers, 0 or more
 * @param cpus cores of each worker
 * @param memoryBytes memory of each worker
 */
public record ResourceRequest(int count, double cpus, long memoryBytes) {

    private static final long MIB = 1024 * 1024;

    /** Such as {@code 4 x (cpus=2, memory=1.5G)}. */
    @Override
    public String toString() {
        return count + " x (cpus=" + number(cpus) + ", memory=" + memory() + ")";
    }

    private String memory() {
        double mebibytes = (double) memoryBytes / MIB;
        return mebibytes < 1024 ? number(mebibytes) + "M" : number(mebibytes / 1024) + "G";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
