package io.scalable.provider.cloud.gcp;

import io.scalable.contracts.deployment.TargetSpec;

/** Where on Google Cloud a target is. Pure. */
final class GcpPlace {

    private GcpPlace() {}

    /** {@code project}, as the Python project calls it {@code project_id}, else another. */
    static String project(TargetSpec target, String otherwise) {
        return target.text("project", target.text("project_id", otherwise));
    }

    /** {@code region}, else that of {@code zone}; empty for none. */
    static String region(TargetSpec target) {
        String zone = target.text("zone", "");
        int end = zone.lastIndexOf('-');
        return target.text("region", end < 0 ? "" : zone.substring(0, end));
    }

    /** Where a GKE cluster is: {@code zone}, else {@code region}; empty for none. */
    static String cluster(TargetSpec target) {
        return target.text("zone", target.text("region", ""));
    }
}
