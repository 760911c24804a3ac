package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Clients of the GKE clusters that targets name, logged in with this process's credentials: {@code
 * new KubernetesProvider("gcp", settings, GkeClients.ofThisProcess())}. Asks Google Cloud, so it
 * blocks.
 */
public final class GkeClients implements Function<TargetSpec, KubernetesClient> {

    private static final Set<String> USABLE = Set.of("RUNNING", "RECONCILING", "DEGRADED");

    private static final int REQUEST_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRIES = 1;

    private final GoogleCloud google;
    private final Supplier<GoogleRest> api;

    GkeClients(GoogleCloud google) {
        this(google, () -> google.rest("container"));
    }

    GkeClients(GoogleCloud google, Supplier<GoogleRest> api) {
        this.google = google;
        this.api = api;
    }

    /** With this process's environment and application default credentials. */
    public static GkeClients ofThisProcess() {
        GoogleCloud google = GoogleCloud.ofThisProcess();
        return new GkeClients(google);
    }

    /**
     * A client of the target's cluster; the caller closes it.
     *
     * @throws GoogleException if the cluster cannot be found, or takes no work
     */
    @Override
    public KubernetesClient apply(TargetSpec target) {
        return new KubernetesClientBuilder().withConfig(config(target)).build();
    }

    /** How the target's cluster is reached. Tokens are renewed as they end. */
    Config config(TargetSpec target) {
        JsonNode cluster = cluster(target);
        JsonNode dns = cluster.at("/controlPlaneEndpointsConfig/dnsEndpointConfig");
        // Whoever uses it tries again by itself.
        var config =
                new ConfigBuilder(Config.empty())
                        .withOauthTokenProvider(google.login()::token)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestRetryBackoffLimit(RETRIES);
        String name = dns.path("endpoint").asText("");
        if (dns.path("allowExternalTraffic").asBoolean(false) && !name.isEmpty()) {
            return config.withMasterUrl("https://" + name + "/").build();
        }
        return config.withMasterUrl("https://" + text(cluster, "endpoint", target) + "/")
                .withCaCertData(text(cluster.path("masterAuth"), "clusterCaCertificate", target))
                .build();
    }

    /**
     * What a target of GKE lacks, or what is sure to be refused. Asks for the cluster; no answer is
     * no finding.
     */
    List<Finding> findings(TargetSpec target) {
        var findings = new ArrayList<Finding>();
        String path = "targets." + target.name() + ".";
        if (target.text("cluster", "").isEmpty()) {
            findings.add(error(path + "cluster", "is missing: name the GKE cluster"));
        }
        if (GcpPlace.cluster(target).isEmpty()) {
            findings.add(error(path + "region", "is missing: give the cluster's region, or zone"));
        }
        if (GcpPlace.project(target, "").isEmpty() && google.project().isEmpty()) {
            findings.add(error(path + "project", "names no project: give its id"));
        }
        return findings.isEmpty() ? refusals(target) : findings;
    }

    private List<Finding> refusals(TargetSpec target) {
        try {
            JsonNode unused = cluster(target);
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(
                    error(
                            "targets." + target.name() + ".provider",
                            String.valueOf(e.getMessage())));
        } catch (GoogleException e) {
            return e.surely()
                    ? List.of(error("targets." + target.name() + ".cluster", e.text()))
                    : List.of();
        }
    }

    private JsonNode cluster(TargetSpec target) {
        String project = GcpPlace.project(target, "");
        String name =
                "projects/"
                        + (project.isEmpty() ? google.project() : project)
                        + "/locations/"
                        + GcpPlace.cluster(target)
                        + "/clusters/"
                        + target.text("cluster", "");
        JsonNode cluster;
        try (GoogleRest rest = api.get()) {
            cluster = rest.ask("look at " + name, "GET", "v1/" + name, Map.of(), null);
        }
        String status = cluster.path("status").asText("");
        if (!USABLE.contains(status)) {
            throw refused(target, name + " takes no work: it is " + status);
        }
        return cluster;
    }

    private static String text(JsonNode node, String key, TargetSpec target) {
        String text = node.path(key).asText("");
        if (text.isEmpty()) {
            throw refused(target, "the cluster's API cannot be reached: it has no " + key);
        }
        return text;
    }

    private static GoogleException refused(TargetSpec target, String message) {
        return new GoogleException(Kind.REFUSED, message + " (target " + target.name() + ")", null);
    }

    private static Finding error(String path, String message) {
        return new Finding(Severity.ERROR, path, message);
    }
}
