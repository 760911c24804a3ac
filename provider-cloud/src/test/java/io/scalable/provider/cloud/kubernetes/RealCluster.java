package io.scalable.provider.cloud.kubernetes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.scalable.contracts.Ids;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a real cluster that is there for tests alone: {@code SCALABLE_TEST_KUBECONFIG}
 * names the kubeconfig of its administrator. Tests that need more name it too, and are skipped
 * where it is not given:
 *
 * <ul>
 *   <li>{@code SCALABLE_TEST_KUBE_USER}: the kubeconfig of a user without any right
 *   <li>{@code SCALABLE_TEST_KUBE_PROCESSES}: a label {@code key=value} of nodes whose pods are
 *       processes of this machine, without images and volumes
 * </ul>
 */
final class RealCluster implements AutoCloseable {

    static final Path MANIFESTS = Path.of("../deploy/kubernetes");

    final KubernetesClient admin;
    final String namespace = "scalable-test-" + Ids.random(6);

    private RealCluster(KubernetesClient admin) {
        this.admin = admin;
        admin.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                admin.serviceAccounts()
                                                .inNamespace(namespace)
                                                .withName("default")
                                                .get()
                                        != null);
    }

    /** Skips the test that calls it where no cluster is given. */
    static RealCluster open() {
        return new RealCluster(client(required("SCALABLE_TEST_KUBECONFIG")));
    }

    /** A setting; skips the test that calls it where it is not given. */
    static String required(String name) {
        String value = setting(name);
        assumeTrue(value != null, name + " is not set: no Kubernetes cluster to test on");
        return String.valueOf(value);
    }

    static KubernetesClient client(String kubeconfig) {
        return KubernetesClients.tuned(Config.fromKubeconfig(new File(kubeconfig)));
    }

    /** Gives a user the project's Role in this namespace, in place of its service account. */
    void grant(KubernetesClient user) throws IOException {
        String name = user.getConfiguration().getCurrentContext().getContext().getUser();
        try (var in = Files.newInputStream(MANIFESTS.resolve("provider-rbac.yaml"))) {
            for (HasMetadata object : admin.load(in).items()) {
                if (object instanceof RoleBinding binding) {
                    binding.setSubjects(
                            List.of(
                                    new SubjectBuilder()
                                            .withKind("User")
                                            .withName(name)
                                            .withApiGroup("rbac.authorization.k8s.io")
                                            .build()));
                }
                HasMetadata unused = admin.resource(object).inNamespace(namespace).create();
            }
        }
    }

    @Override
    public void close() {
        try (admin) {
            var unused = admin.namespaces().withName(namespace).delete();
        }
    }

    private static @Nullable String setting(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }
}
