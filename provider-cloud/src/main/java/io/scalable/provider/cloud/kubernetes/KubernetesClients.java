package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.ValidationReport.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clients by the ecosystem's configuration. */
public final class KubernetesClients {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRIES = 1;

    private KubernetesClients() {}

    /**
     * A client that gives up soon: whoever uses it tries again by itself, and knows how to make
     * nothing twice.
     */
    public static KubernetesClient tuned(Config config) {
        Config quick =
                new ConfigBuilder(config)
                        .withRequestTimeout(TIMEOUT_MILLIS)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestRetryBackoffLimit(RETRIES)
                        .build();
        return new KubernetesClientBuilder().withConfig(quick).build();
    }

    /** For a target: its {@code context} of the kubeconfig, or the current one. */
    static KubernetesClient of(TargetSpec target) {
        String context = target.text("context", "");
        return tuned(config(context.isEmpty() ? null : context));
    }

    /** What is wrong with this machine's configuration; asks no cluster. */
    static List<Finding> check(TargetSpec target) {
        String context = target.text("context", "");
        Config config = config(null);
        boolean any = !config.getContexts().isEmpty();
        if (!context.isEmpty()
                && config.getContexts().stream().noneMatch(c -> context.equals(c.getName()))) {
            return List.of(
                    error(
                            target,
                            "context",
                            "the kubeconfig has no context '"
                                    + context
                                    + "'; it has "
                                    + config.getContexts().stream()
                                            .map(named -> named.getName())
                                            .toList()));
        }
        if (!any && !inCluster() && System.getenv("KUBERNETES_MASTER") == null) {
            return List.of(
                    error(
                            target,
                            "provider",
                            "no Kubernetes cluster is configured here: set KUBECONFIG, make"
                                    + " ~/.kube/config (kubectl must work), or run in a cluster"));
        }
        return List.of();
    }

    static Config config(@Nullable String context) {
        return Config.autoConfigure(context);
    }

    private static boolean inCluster() {
        return Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
    }

    private static Finding error(TargetSpec target, String key, String message) {
        return new Finding(Severity.ERROR, "targets." + target.name() + "." + key, message);
    }
}
