package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.cloud.WorkerRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A target of Cloud Run, checked. Pure.
 *
 * @param project the project's id; empty if nobody says
 * @param region empty if nobody says
 * @param network the VPC network to reach; empty for the internet alone
 * @param subnetwork its subnetwork; empty for the network's own choice
 * @param serviceAccount the workers' identity; empty for the project's default
 * @param kafkaSecret the secret with the broker's client properties; empty for none
 * @param findings what is wrong with it
 */
record CloudRunTarget(
        String project,
        String region,
        String network,
        String subnetwork,
        String serviceAccount,
        String kafkaSecret,
        List<Finding> findings) {

    private static final Pattern SECRET =
            Pattern.compile("(projects/[^/\\s]+/secrets/)?[A-Za-z0-9_-]{1,255}");
    private static final Pattern PLACE = Pattern.compile("[a-z0-9][a-z0-9.:-]*");
    private static final List<String> SECRETIVE =
            List.of("password", "secret", "token", "credential", "jaas", "keystore.key");

    /**
     * @param otherProject the project where the target names none; empty for none
     * @param kafka the broker's client properties
     */
    static CloudRunTarget of(
            DeploymentSpec deployment, String otherProject, Map<String, String> kafka) {
        TargetSpec target = deployment.target();
        String path = "targets." + target.name() + ".";
        var findings = new ArrayList<Finding>();
        String project = GcpPlace.project(target, otherProject);
        String region = GcpPlace.region(target);
        if (!PLACE.matcher(project).matches()) {
            findings.add(error(path + "project", "names no project: give its id"));
        }
        if (!PLACE.matcher(region).matches()) {
            findings.add(error(path + "region", "names no region, such as us-central1"));
        }
        String secret = target.text("kafka_secret", "");
        checkSecret(secret, kafka, path, findings);
        checkRuntime(target, path, findings);
        if (target.flag("spot")) {
            findings.add(warning(path + "spot", "has no effect on Cloud Run; use gke for Spot"));
        }
        deployment.components().forEach(c -> checkComponent(c, target, findings));
        return new CloudRunTarget(
                project,
                region,
                target.text("network", ""),
                target.text("subnetwork", ""),
                target.text("service_account", ""),
                secret,
                List.copyOf(findings));
    }

    /** The image of a component's workers; empty if nobody names one. */
    static String image(ComponentSpec component, TargetSpec target) {
        return component.image() == null ? target.text("image", "") : component.image();
    }

    private static void checkSecret(
            String secret, Map<String, String> kafka, String path, List<Finding> findings) {
        if (!secret.isEmpty() && !SECRET.matcher(secret).matches()) {
            findings.add(
                    error(
                            path + "kafka_secret",
                            "must be a secret's name or projects/PROJECT/secrets/NAME, found '"
                                    + secret
                                    + "'"));
        }
        if (secret.isEmpty() && kafka.keySet().stream().anyMatch(CloudRunTarget::isSecretive)) {
            findings.add(
                    error(
                            path + "kafka_secret",
                            "is missing: the broker's client properties hold a secret, which a"
                                + " worker pool would show to whoever may look at it. Put them, as"
                                + " one JSON object of texts, into a secret of Secret Manager and"
                                + " name it here; or use a broker that needs no password, on a"
                                + " private network"));
        }
    }

    private static boolean isSecretive(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRETIVE.stream().anyMatch(lower::contains);
    }

    /** Nothing runs before the container, so nothing could put a runtime there. */
    private static void checkRuntime(TargetSpec target, String path, List<Finding> findings) {
        WorkerRuntime runtime = WorkerRuntime.of(target);
        if (runtime.image() != null) {
            findings.add(
                    error(
                            path + "runtime",
                            "must be preinstalled: Cloud Run starts nothing before a container that"
                                    + " could bring the worker's runtime. Add it to the image with"
                                    + " COPY --from="
                                    + runtime.image()
                                    + " "
                                    + WorkerRuntime.HOME
                                    + " "
                                    + runtime.home()
                                    + " in its Dockerfile and set runtime: preinstalled"));
        }
    }

    private static void checkComponent(
            ComponentSpec component, TargetSpec target, List<Finding> findings) {
        String path = "components." + component.name() + ".";
        if (image(component, target).isEmpty()) {
            findings.add(error(path + "image", "is missing: Cloud Run runs images alone"));
        }
        if (!component.mounts().isEmpty()) {
            findings.add(
                    error(
                            path + "mounts",
                            "cannot be had on Cloud Run, which has no folders of hosts: read from"
                                    + " storage, or use gke"));
        }
        JsonNode cpus = target.options().get("worker_cpu");
        if (cpus == null || cpus.asDouble() > 0) {
            findings.addAll(PoolSize.of(PoolSize.asked(component, target)).findings());
        }
    }

    private static Finding error(String path, String message) {
        return new Finding(Severity.ERROR, path, message);
    }

    private static Finding warning(String path, String message) {
        return new Finding(Severity.WARNING, path, message);
    }
}
