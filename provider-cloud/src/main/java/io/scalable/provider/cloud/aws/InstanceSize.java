package io.scalable.provider.cloud.aws;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an EC2 instance of a common family holds. The agent and the system take a little of it.
 *
 * @param cpu CPU units; 1024 are a core
 * @param memoryMib memory in MiB that tasks may have
 */
record InstanceSize(int cpu, int memoryMib) {

    private static final Pattern TYPE =
            Pattern.compile("([cmr])\\d[a-z-]*\\.(large|xlarge|(\\d+)xlarge)");

    private static final Map<String, Integer> GIB_PER_CORE = Map.of("c", 2, "m", 4, "r", 8);

    /** What ECS and the system leave of the memory, in percent. */
    private static final int USABLE = 95;

    /** The size of {@code type}, such as {@code m5.xlarge}; empty for other families. */
    static Optional<InstanceSize> of(String type) {
        Matcher matcher = TYPE.matcher(type);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int cores =
                switch (matcher.group(2)) {
                    case "large" -> 2;
                    case "xlarge" -> 4;
                    default -> 4 * Integer.parseInt(matcher.group(3));
                };
        int mib = cores * GIB_PER_CORE.getOrDefault(matcher.group(1), 0) * 1024;
        return Optional.of(new InstanceSize(cores * 1024, mib / 100 * USABLE));
    }

    boolean holds(FargateSize task) {
        return task.cpu() <= cpu && task.memoryMib() <= memoryMib;
    }
}
