package io.scalable.provider.cloud.aws;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a deployment on AWS, as far as that can be told without asking AWS. Pure. */
final class AwsValidation {

    private final DeploymentSpec deployment;
    private final AwsTarget target;
    private final List<Finding> findings = new ArrayList<>();

    private AwsValidation(DeploymentSpec deployment) {
        this.deployment = deployment;
        this.target = AwsTarget.of(deployment.target());
    }

    /**
     * @param secret true if the broker's client properties hold a secret
     */
    static ValidationReport of(DeploymentSpec deployment, boolean secret) {
        var validation = new AwsValidation(deployment);
        validation.network();
        validation.roles(secret);
        validation.capacity();
        validation.storage();
        deployment.components().forEach(validation::component);
        return new ValidationReport(validation.findings);
    }

    private void network() {
        if (target.fargate()) {
            needed("subnets", target.subnets().isEmpty(), "[subnet-1a2b]");
            needed("security_groups", target.securityGroups().isEmpty(), "[sg-1a2b]");
        }
    }

    private void needed(String key, boolean missing, String example) {
        if (missing) {
            error(
                    key(key),
                    "is missing: Fargate puts every task into a network of yours. Name what the"
                            + " workers may use, such as "
                            + key
                            + ": "
                            + example);
        }
    }

    private void roles(boolean secret) {
        if (target.executionRole() != null) {
            return;
        }
        if (secret) {
            error(
                    key("execution_role_arn"),
                    "is missing: ECS takes this role to read the broker's secret; docs/aws.md has"
                            + " its policy");
        } else if (target.fargate()) {
            warn(
                    key("execution_role_arn"),
                    "is missing: without this role workers' logs are kept nowhere, and images must"
                            + " be public; docs/aws.md has its policy");
        }
    }

    private void capacity() {
        if (target.fargate() && target.capacityProvider() != null) {
            error(
                    key("capacity_provider"),
                    "is for cluster_type: ec2; on Fargate say spot: true, or leave it out");
        }
        if (!target.fargate() && target.spot()) {
            warn(
                    key("spot"),
                    "has no meaning with cluster_type: ec2, where the capacity provider's instances"
                            + " are of Spot or not");
        }
    }

    private void storage() {
        String scheme = deployment.storage().getScheme();
        if (scheme == null || scheme.equals("file")) {
            warn(
                    "project.default_storage",
                    "is a folder, which tasks on AWS do not see; name a bucket, such as"
                            + " s3://my-bucket/scalable");
        }
    }

    private void component(ComponentSpec component) {
        String path = "components." + component.name();
        if (target.imageOf(component) == null) {
            error(path + ".image", "is missing, and " + key("image") + " is as well: name either");
        }
        if (target.fargate() && !component.mounts().isEmpty()) {
            error(
                    path + ".mounts",
                    "binds folders of this machine, which Fargate does not have; take them out in"
                            + " an overlay and read from storage");
        }
        size(component, path);
    }

    private void size(ComponentSpec component, String path) {
        FargateSize wanted = target.wanted(component);
        if (target.fargate()) {
            FargateSize.holding(wanted)
                    .ifPresentOrElse(
                            size -> roundedUp(wanted, size, path),
                            () ->
                                    error(
                                            path,
                                            "a worker of "
                                                    + wanted
                                                    + " is more than Fargate has, which is "
                                                    + FargateSize.LARGEST
                                                    + " at most; make workers smaller or use"
                                                    + " cluster_type: ec2"));
            return;
        }
        String type = target.instanceType();
        if (type != null && InstanceSize.of(type).filter(size -> !size.holds(wanted)).isPresent()) {
            error(
                    path,
                    "a worker of "
                            + wanted
                            + " does not fit "
                            + key("instance_type")
                            + " '"
                            + type
                            + "', which leaves "
                            + InstanceSize.of(type).orElseThrow()
                            + " to tasks");
        }
    }

    private void roundedUp(FargateSize wanted, FargateSize size, String path) {
        if (!size.equals(wanted)) {
            warn(
                    path,
                    "a worker of "
                            + wanted
                            + " gets "
                            + size
                            + ", the next size that Fargate sells");
        }
    }

    private String key(String key) {
        return "targets." + target.name() + "." + key;
    }

    private void error(String path, String message) {
        findings.add(new Finding(Severity.ERROR, path, message));
    }

    private void warn(String path, String message) {
        findings.add(new Finding(Severity.WARNING, path, message));
    }
}
