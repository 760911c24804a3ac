package io.scalable.provider.slurm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tags of job arrays that were submitted or seen, for jobs whose comment and name are rewritten
 * later. Thread-safe.
 */
final class ArrayTags {

    /** Above this the arrays that were added first are forgotten. */
    private static final int MOST = 20_000;

    private final Map<Long, JobTag> tags = new LinkedHashMap<>();

    /** An array was submitted. */
    synchronized void add(long arrayId, JobTag tag) {
        tags.putIfAbsent(arrayId, tag);
        if (tags.size() > MOST) {
            tags.remove(tags.keySet().iterator().next());
        }
    }

    /** Jobs were listed; what they say of themselves is remembered. */
    void listed(List<SlurmJob> jobs) {
        for (SlurmJob job : jobs) {
            if (job.tag() != null) {
                add(job.arrayId(), job.tag());
            }
        }
    }

    /** Whose a job is; empty for jobs of others. What was known first counts. */
    synchronized Optional<JobTag> of(SlurmJob job) {
        return Optional.ofNullable(tags.getOrDefault(job.arrayId(), job.tag()));
    }
}
