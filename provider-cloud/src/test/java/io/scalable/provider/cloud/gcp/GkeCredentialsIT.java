package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.auth.oauth2.GoogleCredentials;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.cloud.gcp.FakeApi.Answer;
import io.scalable.provider.cloud.gcp.GoogleLogin.CredentialsLogin;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a GKE cluster is found and logged in to, over HTTP, with a service account's key. */
class GkeCredentialsIT {

    private static final String NAME = "projects/my-project/locations/us-central1/clusters/science";
    private static DiscoveryDocument document;
    private static String privateKey;

    private final ObjectNode cluster = FakeApi.MAPPER.createObjectNode();
    private final AtomicInteger tokens = new AtomicInteger();
    private FakeApi api;
    private HttpServer issuer;

    @BeforeAll
    static void readTheApisDescription() throws Exception {
        document = DiscoveryDocument.of("container.v1");
        privateKey = pem();
    }

    @BeforeEach
    void begin() throws Exception {
        cluster.put("name", "science").put("status", "RUNNING").put("endpoint", "203.0.113.7");
        cluster.putObject("masterAuth").put("clusterCaCertificate", "Y2VydGlmaWNhdGU=");
        api =
                new FakeApi(
                        document,
                        request ->
                                request.path().equals("v1/" + NAME)
                                        ? new Answer(200, cluster)
                                        : FakeApi.error(
                                                404, "NOT_FOUND", "Not found: " + request.path()));
        api.letIn("token-1");
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] answer =
                                ("{\"access_token\":\"token-"
                                                + tokens.incrementAndGet()
                                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}")
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.getRequestBody().readAllBytes();
                        exchange.getResponseHeaders().add("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        issuer.start();
    }

    @AfterEach
    void end() {
        api.close();
        issuer.stop(0);
        assertThat(api.violations()).isEmpty();
    }

    @Test
    void aClusterIsReachedAtItsEndpointWithItsCertificateAndAToken() throws Exception {
        Config config = clients().config(target("cluster", "science"));

        assertThat(config.getMasterUrl()).isEqualTo("https://203.0.113.7/");
        assertThat(config.getCaCertData()).isEqualTo("Y2VydGlmaWNhdGU=");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("token-1");
        assertThat(api.calls("get")).isEqualTo(1);
    }

    @Test
    void aClusterWithANameForEverybodyIsReachedByIt() throws Exception {
        cluster.putObject("controlPlaneEndpointsConfig")
                .putObject("dnsEndpointConfig")
                .put("endpoint", "gke-1.us-central1.gke.goog")
                .put("allowExternalTraffic", true);

        Config config = clients().config(target("cluster", "science"));

        assertThat(config.getMasterUrl()).isEqualTo("https://gke-1.us-central1.gke.goog/");
        assertThat(config.getCaCertData()).isNull();
    }

    @Test
    void aTokenThatIsRefusedIsRenewedOnce() throws Exception {
        api.letIn("token-2");

        Config config = clients().config(target("cluster", "science"));

        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("token-2");
        assertThat(tokens).hasValue(2);
    }

    @Test
    void aTokenThatStaysRefusedIsSaid() {
        api.letIn("another");

        assertThatThrownBy(() -> clients().config(target("cluster", "science")))
                .isInstanceOf(GoogleException.class)
                .hasMessageContainingAll("clusters/science", "application-default login");
    }

    @Test
    void aClusterThatIsNotThereIsSaidBeforeAnythingStarts() throws Exception {
        GkeClients clients = clients();

        assertThat(clients.findings(target("cluster", "sience")))
                .singleElement()
                .extracting(Object::toString)
                .asString()
                .contains("targets.here.cluster: ", "clusters/sience", "404");
        assertThat(clients.findings(target("cluster", "science"))).isEmpty();
    }

    @Test
    void aClusterThatTakesNoWorkIsSaid() {
        cluster.put("status", "PROVISIONING");

        assertThatThrownBy(() -> clients().config(target("cluster", "science")))
                .hasMessageContaining("takes no work: it is PROVISIONING");
    }

    @Test
    void aClientIsMade() throws Exception {
        try (var client = clients().apply(target("cluster", "science"))) {
            assertThat(client.getMasterUrl()).isEqualTo(URI.create("https://203.0.113.7/").toURL());
        }
    }

    private GkeClients clients() throws Exception {
        String key = serviceAccount();
        var login =
                new CredentialsLogin(
                        () ->
                                GoogleCredentials.fromStream(
                                        new ByteArrayInputStream(
                                                key.getBytes(StandardCharsets.UTF_8))));
        assertThat(login.project()).isEqualTo("my-project");
        var endpoint = new GoogleEndpoint(URI.create(api.address()), login, true);
        return new GkeClients(new GoogleCloud(_ -> null, login), () -> new GoogleRest(endpoint));
    }

    private static TargetSpec target(String key, String value) {
        return new TargetSpec(
                "here",
                "gcp",
                null,
                Map.of(
                        "region",
                        TextNode.valueOf("us-central1"),
                        "project",
                        TextNode.valueOf("my-project"),
                        key,
                        TextNode.valueOf(value)));
    }

    /** A key as the cloud gives it to its users, whose tokens come from this test. */
    private String serviceAccount() {
        return FakeApi.MAPPER
                .createObjectNode()
                .put("type", "service_account")
                .put("project_id", "my-project")
                .put("private_key_id", "1")
                .put("private_key", privateKey)
                .put("client_email", "tester@my-project.example")
                .put("client_id", "1")
                .put("token_uri", "http://127.0.0.1:" + issuer.getAddress().getPort() + "/token")
                .toString();
    }

    private static String pem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
