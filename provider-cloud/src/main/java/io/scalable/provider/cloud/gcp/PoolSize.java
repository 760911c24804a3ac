package io.scalable.provider.cloud.gcp;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The size of a worker's instance, among those that Cloud Run has. Pure.
 *
 * @param cpus 1, 2, 4, 6 or 8
 * @param memoryMib from 512 to 32768, as the cpus allow
 * @param findings what is wrong, or other than asked
 */
record PoolSize(int cpus, long memoryMib, List<Finding> findings) {

    private static final long MIB = 1024 * 1024;

    /** A number of cpus and the memory that goes with it, MiB. */
    private record Step(int cpus, long leastMib, long mostMib) {}

    private static final List<Step> STEPS =
            List.of(
                    new Step(1, 512, 4_096),
                    new Step(2, 512, 8_192),
                    new Step(4, 2_048, 16_384),
                    new Step(6, 4_096, 24_576),
                    new Step(8, 4_096, 32_768));

    /** The smallest size that has what the component asks for, or the largest there is. */
    static PoolSize of(ComponentSpec component) {
        long wanted = (component.memoryBytes() + MIB - 1) / MIB;
        Step step =
                STEPS.stream()
                        .filter(s -> s.cpus() >= component.cpus() && s.mostMib() >= wanted)
                        .findFirst()
                        .orElse(STEPS.getLast());
        long memory = Math.clamp(wanted, step.leastMib(), step.mostMib());
        var findings = new ArrayList<Finding>();
        String path = "components." + component.name() + ".";
        if (component.cpus() > step.cpus()) {
            findings.add(error(path + "cpus", "Cloud Run gives at most 8 cpus; use gke"));
        } else if (component.cpus() != step.cpus()) {
            findings.add(
                    warning(
                            path + "cpus",
                            "Cloud Run gives 1, 2, 4, 6 or 8 cpus, as the memory asks for: "
                                    + text(component.cpus())
                                    + " becomes "
                                    + step.cpus()));
        }
        if (wanted > step.mostMib()) {
            findings.add(error(path + "memory", "Cloud Run gives at most 32 GiB; use gke"));
        } else if (memory != wanted) {
            findings.add(
                    warning(
                            path + "memory",
                            "Cloud Run gives "
                                    + step.cpus()
                                    + " cpus at least "
                                    + step.leastMib()
                                    + " MiB: "
                                    + wanted
                                    + " MiB become that"));
        }
        return new PoolSize(step.cpus(), memory, List.copyOf(findings));
    }

    /** The component with the target's {@code worker_cpu} and {@code worker_mem}, where given. */
    static ComponentSpec asked(ComponentSpec component, TargetSpec target) {
        double cpus = number(target, "worker_cpu", component.cpus());
        double mib = number(target, "worker_mem", -1);
        return new ComponentSpec(
                component.name(),
                component.image(),
                component.runtime(),
                cpus,
                mib < 0 ? component.memoryBytes() : (long) (mib * MIB),
                component.slots(),
                component.bounds(),
                component.workers(),
                component.tags(),
                component.env(),
                component.mounts(),
                component.classpath(),
                component.preloadScript());
    }

    private static double number(TargetSpec target, String key, double otherwise) {
        String text = target.text(key, "");
        return text.isEmpty() ? otherwise : Double.parseDouble(text);
    }

    private static String text(double cpus) {
        return cpus == Math.rint(cpus)
                ? String.valueOf((long) cpus)
                : String.format(Locale.ROOT, "%s", cpus);
    }

    private static Finding error(String path, String message) {
        return new Finding(Severity.ERROR, path, message);
    }

    private static Finding warning(String path, String message) {
        return new Finding(Severity.WARNING, path, message);
    }
}
