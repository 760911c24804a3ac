package io.scalable.manifest;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the machine has on which a local target would run.
 *
 * @param cpus processors
 * @param memoryBytes main memory
 */
record Machine(int cpus, long memoryBytes) {

    /** One that has room for everything. */
    static final Machine BOUNDLESS = new Machine(Integer.MAX_VALUE, Long.MAX_VALUE);

    /** This one, or the container that we are in. */
    static Machine here() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                system instanceof OperatingSystemMXBean known
                        ? known.getTotalMemorySize()
                        : Long.MAX_VALUE);
    }

    /** Warns of a worker that wants more cores than there are. */
    void checkCpus(Field field, double wanted) {
        if (wanted > cpus) {
            warn(field, "this machine has " + cpus + (cpus == 1 ? " core" : " cores"));
        }
    }

    /** Warns of a worker that wants more memory than there is. */
    void checkMemory(Field field, long wanted) {
        if (wanted > memoryBytes) {
            warn(field, "this machine has " + Memory.spelled(memoryBytes));
        }
    }

    private static void warn(Field field, String fact) {
        field.problems()
                .add(
                        Code.W_BEYOND_THIS_MACHINE,
                        field.path(),
                        field.value().at(),
                        field.name()
                                + " "
                                + field.value().describe()
                                + " on a local target, but "
                                + fact
                                + "; workers would share what there is");
    }
}
