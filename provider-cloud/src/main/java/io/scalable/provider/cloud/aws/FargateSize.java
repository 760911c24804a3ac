package io.scalable.provider.cloud.aws;

import java.util.List;
import java.util.Optional;

/**
 * A size of task.
 *
 * @param cpu CPU units; 1024 are a core
 * @param memoryMib memory in MiB
 */
record FargateSize(int cpu, int memoryMib) {

    /** What Fargate sells for one count of cores: memory from, to and in steps of MiB. */
    private record Row(int cpu, int least, int most, int step) {

        Optional<FargateSize> atLeast(FargateSize wanted) {
            if (wanted.cpu > cpu || wanted.memoryMib > most) {
                return Optional.empty();
            }
            int above = Math.max(0, wanted.memoryMib - least);
            int steps = (above + step - 1) / step;
            return Optional.of(new FargateSize(cpu, least + steps * step));
        }
    }

    private static final List<Row> ROWS =
            List.of(
                    new Row(256, 512, 1024, 512),
                    new Row(256, 2048, 2048, 1024),
                    new Row(512, 1024, 4096, 1024),
                    new Row(1024, 2048, 8192, 1024),
                    new Row(2048, 4096, 16_384, 1024),
                    new Row(4096, 8192, 30_720, 1024),
                    new Row(8192, 16_384, 61_440, 4096),
                    new Row(16_384, 32_768, 122_880, 8192));

    /** The largest that Fargate sells. */
    static final FargateSize LARGEST = new FargateSize(16_384, 122_880);

    /** The smallest size of Fargate that holds {@code wanted}; empty if none does. */
    static Optional<FargateSize> holding(FargateSize wanted) {
        return ROWS.stream().flatMap(row -> row.atLeast(wanted).stream()).findFirst();
    }

    @Override
    public String toString() {
        return cpu + " CPU units and " + memoryMib + " MiB";
    }
}
