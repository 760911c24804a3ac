package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
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
        boolean otherwise =
                Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH))
                        || System.getenv("KUBERNETES_MASTER") != null;
        return check(target, config(null), otherwise);
    }

    /** {@code otherwise} says that there is a cluster without a kubeconfig. */
    static List<Finding> check(TargetSpec target, Config config, boolean otherwise) {
        String context = target.text("context", "");
        List<String> contexts =
                config.getContexts().stream().map(NamedContext::getName).sorted().toList();
        if (!context.isEmpty() && !contexts.contains(context)) {
            return List.of(
                    error(
                            target,
                            "context",
                            "the kubeconfig has no context '" + context + "'; it has " + contexts));
        }
        if (contexts.isEmpty() && !otherwise) {
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

    private static Finding error(TargetSpec target, String key, String message) {
        return new Finding(Severity.ERROR, "targets." + target.name() + "." + key, message);
    }
}
