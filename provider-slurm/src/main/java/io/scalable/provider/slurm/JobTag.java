package io.scalable.provider.slurm;

import io.scalable.contracts.Ids;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job's comment says: whose it is. A job array has one tag; its task {@code i} is worker
 * {@code base + i} of the pool.
 *
 * @param deploymentId the deployment
 * @param component the pool's component
 * @param base the ordinal of the worker of array task 0
 */
record JobTag(String deploymentId, String component, int base) {

    private static final Pattern COMMENT =
            Pattern.compile("scalable:([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)\\+(\\d{1,9})");

    /** The comment that says so. */
    String comment() {
        return "scalable:" + deploymentId + "/" + component + "+" + base;
    }

    /** The tag of a comment; empty for jobs of others. */
    static Optional<JobTag> parse(String comment) {
        Matcher matcher = COMMENT.matcher(comment);
        return matcher.matches()
                ? Optional.of(
                        new JobTag(
                                matcher.group(1),
                                matcher.group(2),
                                Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** The worker of array task {@code index}. */
    String workerId(int index) {
        return Ids.workerId(deploymentId, component, base + index);
    }
}
