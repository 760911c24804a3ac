package io.scalable.provider.slurm;

import java.util.List;
import java.util.Map;

/** The environment of Slurm's commands. Pure. */
final class SlurmEnvironment {

    /** Variables that stand in for options of Slurm's commands, or describe the job they are in. */
    private static final List<String> PREFIXES =
            List.of(
                    "SLURM_",
                    "SBATCH_",
                    "SQUEUE_",
                    "SCANCEL_",
                    "SACCT_",
                    "SINFO_",
                    "SALLOC_",
                    "SRUN_",
                    "SCONTROL_");

    /** Which Slurm is asked, and as whom. */
    private static final List<String> KEPT = List.of("SLURM_CONF", "SLURM_JWT");

    private SlurmEnvironment() {}

    /**
     * Takes away what would silently outdo the options and scripts given: a partition or a cluster
     * of the caller's, the job that this program runs in. What stays is what sbatch hands to jobs.
     */
    static void clean(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(
                        name ->
                                !KEPT.contains(name)
                                        && PREFIXES.stream().anyMatch(name::startsWith));
    }
}
