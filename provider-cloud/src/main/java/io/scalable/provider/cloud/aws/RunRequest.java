package io.scalable.provider.cloud.aws;

import java.util.Map;

/**
 * One call of RunTask. Repeated as it is, it gives the same task.
 *
 * @param definition the task definition's ARN
 * @param capacity {@code FARGATE}, {@code FARGATE_SPOT}, {@code EC2} or a capacity provider's name
 * @param environment the worker's own
 * @param startedBy the deployment's
 * @param token of this worker and attempt alone
 * @param tags the worker's
 */
record RunRequest(
        String definition,
        String capacity,
        Map<String, String> environment,
        String startedBy,
        String token,
        Map<String, String> tags) {

    static final String FARGATE = "FARGATE";
    static final String FARGATE_SPOT = "FARGATE_SPOT";
    static final String EC2 = "EC2";

    /** Without the environment. */
    @Override
    public String toString() {
        return "RunRequest[" + definition + " on " + capacity + ", " + token + "]";
    }
}
