package io.scalable.provider.slurm;

import io.scalable.contracts.Ids;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job's comment and its name say: whose it is. A job array has one tag; its task {@code i}
 * is worker {@code base + i} of the pool. Sites may rewrite either; accounting has the name alone.
 *
 * @param deploymentId the deployment
 * @param component the pool's component
 * @param base the ordinal of the worker of array task 0
 */
record JobTag(String deploymentId, String component, int base) {

    private static final String PREFIX = "scalable";
    private static final Pattern TAG =
            Pattern.compile(
                    "(?:[A-Za-z0-9_.+-]{1,100}:)?"
                            + PREFIX
                            + ":([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)\\+(\\d{1,9})");

    /** The comment that says so. */
    String comment() {
        return PREFIX + ":" + deploymentId + "/" + component + "+" + base;
    }

    /** The job's name that says so, and begins with the name that its user wants. */
    String jobName(String wanted) {
        return wanted.equals(PREFIX) ? comment() : wanted + ":" + comment();
    }

    /** The tag of a comment or a job's name; empty for jobs of others. */
    static Optional<JobTag> parse(String text) {
        Matcher matcher = TAG.matcher(text);
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
