package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.ValidationReport;
import io.scalable.provider.ValidationReport.Finding;
import io.scalable.provider.cloud.CloudSettings;
import io.scalable.provider.platform.ReportedWorkers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubernetesProviderTest {

    private static final String KUBECONFIG =
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: lab, context: {cluster: c, user: u}}]
            current-context: lab
            """;

    private static ValidationReport validate(String options, ComponentSpec component) {
        var settings =
                new CloudSettings(
                        Map.of(), new ReportedWorkers(), InstantSource.system(), () -> {});
        var provider =
                new KubernetesProvider(
                        "kubernetes",
                        settings,
                        _ -> {
                            throw new AssertionError("nothing is asked of a cluster");
                        });
        return provider.validate(Orders.with(options, component).deployment());
    }

    private static List<String> places(List<Finding> findings) {
        return findings.stream().map(Finding::path).toList();
    }

    @Test
    void aDeploymentThatCanRunIsFoundSound() {
        var component = Orders.component("i:1", Map.of("/data", "/in"), null);

        assertThat(validate("{'mounts': {'/data': 'pvc:data'}}", component).findings()).isEmpty();
    }

    @Test
    void aPodNeedsAnImage() {
        var component = Orders.component(null, Map.of(), null);

        assertThat(places(validate("{}", component).findings()))
                .containsExactly("components.model.image");
        assertThat(validate("{'image': 'i:1'}", component).findings()).isEmpty();
    }

    @Test
    void aMountThatNobodyHasIsDoubted() {
        ValidationReport report =
                validate(
                        "{'mounts': {'/dta': 'pvc:data'}}",
                        Orders.component("i:1", Map.of("/data", "/in"), null));

        assertThat(report.ok()).isTrue();
        assertThat(report.warnings())
                .containsExactly("targets.cloud.mounts: /dta is mounted by no component");
    }

    @Test
    void whatCannotBeStartedIsSaidBefore() {
        assertThat(
                        places(
                                validate(
                                                "{'orphan_timeout': 'soon'}",
                                                Orders.component("i:1", Map.of(), null))
                                        .findings()))
                .containsExactly("components.model");
    }

    @Test
    void aContextThatIsNotThereIsNamedWithThoseThatAre() {
        Config config = Config.fromKubeconfig(KUBECONFIG);

        assertThat(KubernetesClients.check(Orders.target("{'context': 'lab'}"), config, false))
                .isEmpty();
        assertThat(KubernetesClients.check(Orders.target("{'context': 'lob'}"), config, false))
                .singleElement()
                .hasToString(
                        "targets.cloud.context: the kubeconfig has no context 'lob'; it has [lab]");
    }

    @Test
    void withoutAnyConfigurationItSaysWhatToSet() {
        assertThat(places(KubernetesClients.check(Orders.target("{}"), Config.empty(), false)))
                .containsExactly("targets.cloud.provider");
        assertThat(KubernetesClients.check(Orders.target("{}"), Config.empty(), true)).isEmpty();
    }
}
