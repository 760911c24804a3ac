package io.scalable.planning.workload;

import io.scalable.planning.simulation.Trace;
import java.util.Locale;
import java.util.Random;

/** Kinds of workloads. Sizes, shapes and durations are drawn from the seed. */
public enum WorkloadFamily {
    /** Chains side by side, each task waiting for the one before. */
    CHAIN,
    /** Stages of independent tasks, each stage joined by one task. */
    FORK_JOIN,
    /** Wide stages where tasks need neighbours, with single tasks between, as in image mosaics. */
    MONTAGE,
    /** Wide and narrow stages in turn, each task needing some of the stage before. */
    WIDE_NARROW,
    /** The same two pools over and over: many tasks, then one that sums them up. */
    ITERATIVE,
    /** Tasks that come independently of one another at a constant rate. */
    POISSON,
    /** Many tasks at once, then none for a while. */
    BURSTS,
    /** A rate that rises and falls. */
    DIURNAL,
    /** Tasks minutes apart, each shorter than the gap. */
    SPARSE,
    /** A constant rate of tasks of which few are very long. */
    HEAVY_TAILED;

    /** True if all tasks are known at the start. */
    public boolean isGraph() {
        return compareTo(POISSON) < 0;
    }

    /** A workload of this kind: some dozens to some hundreds of tasks. */
    public Trace draw(long seed) {
        // Seeds that are near to one another would give first draws that are.
        var random = new Random((seed * 31 + ordinal()) * 0x9E3779B97F4A7C15L);
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + seed;
        return isGraph()
                ? new GraphWorkloads(name, random).draw(this)
                : new StreamWorkloads(name, random).draw(this);
    }
}
