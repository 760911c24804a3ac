package io.scalable.provider.cloud.aws;

import io.scalable.provider.cost.FargateSizes;
import java.util.Optional;

/**
 * A size of task.
 *
 * @param cpu CPU units; 1024 are a core
 * @param memoryMib memory in MiB
 */
record FargateSize(int cpu, int memoryMib) {

    /** The largest that Fargate sells. */
    static final FargateSize LARGEST = new FargateSize(16_384, 122_880);

    /** The smallest size of Fargate that holds {@code wanted}; empty if none does. */
    static Optional<FargateSize> holding(FargateSize wanted) {
        return FargateSizes.atLeast(wanted.cpu / 1024.0, (long) wanted.memoryMib << 20)
                .map(size -> new FargateSize(size.cpuUnits(), size.memoryMib()));
    }

    @Override
    public String toString() {
        return cpu + " CPU units and " + memoryMib + " MiB";
    }
}
