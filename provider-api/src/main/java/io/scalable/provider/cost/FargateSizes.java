package io.scalable.provider.cost;

import java.util.List;
import java.util.Optional;

/** The sizes that Fargate has: memory comes in steps between bounds that depend on the CPU. */
public final class FargateSizes {

    /**
     * A legal pair.
     *
     * @param cpuUnits 1024 are a vCPU
     * @param memoryMib memory in MiB
     */
    public record Size(int cpuUnits, int memoryMib) {
        public double vcpus() {
            return cpuUnits / 1024.0;
        }

        public double memoryGib() {
            return memoryMib / 1024.0;
        }
    }

    /** One CPU size with the memory that it may have, MiB. */
    private record Row(int cpuUnits, int least, int most, int step) {}

    private static final int GIB = 1024;

    private static final List<Row> ROWS =
            List.of(
                    new Row(256, 512, 2 * GIB, 512),
                    new Row(512, GIB, 4 * GIB, GIB),
                    new Row(1024, 2 * GIB, 8 * GIB, GIB),
                    new Row(2048, 4 * GIB, 16 * GIB, GIB),
                    new Row(4096, 8 * GIB, 30 * GIB, GIB),
                    new Row(8192, 16 * GIB, 60 * GIB, 4 * GIB),
                    new Row(16384, 32 * GIB, 120 * GIB, 8 * GIB));

    private FargateSizes() {}

    /**
     * The smallest size that has at least so much of both; empty if there is none.
     *
     * @param cpus vCPUs, above 0
     * @param memoryBytes above 0
     */
    public static Optional<Size> atLeast(double cpus, long memoryBytes) {
        int units = (int) Math.min(Integer.MAX_VALUE, Math.ceil(cpus * 1024 - 1e-9));
        long mib = Math.ceilDiv(memoryBytes, 1L << 20);
        return ROWS.stream()
                .filter(row -> row.cpuUnits() >= units && row.most() >= mib)
                .findFirst()
                .map(row -> new Size(row.cpuUnits(), memory(row, (int) mib)));
    }

    /** 512 MiB is legal with a quarter of a vCPU, 1536 MiB is not: 0.5, 1 and 2 GiB are. */
    private static int memory(Row row, int mib) {
        int stepped = Math.ceilDiv(Math.max(mib, row.least()), row.step()) * row.step();
        return row.cpuUnits() == 256 && stepped == 1536 ? 2 * GIB : stepped;
    }
}
