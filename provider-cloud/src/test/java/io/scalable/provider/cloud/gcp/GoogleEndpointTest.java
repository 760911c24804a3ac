package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleEndpointTest {

    private static final GoogleLogin SOMEBODY =
            new GoogleLogin.CredentialsLogin(
                    () -> {
                        throw new IOException("none");
                    });

    @Test
    void googlesOwnIsAskedUnlessAnotherIsNamed() {
        GoogleEndpoint endpoint = of("run", Map.of());

        assertThat(endpoint.address()).hasToString("https://run.googleapis.com/");
        assertThat(endpoint.login()).isSameAs(SOMEBODY);
        assertThat(endpoint.overridden()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER",
                "GOOGLE_CLOUD_CONTAINER_ENDPOINT"
            })
    void anEmulatorOnThisMachineIsAskedWithoutCredentials(String name) {
        GoogleEndpoint endpoint = of("container", Map.of(name, "http://localhost:8080"));

        assertThat(endpoint.address()).hasToString("http://localhost:8080/");
        assertThat(endpoint.login()).isSameAs(GoogleLogin.NONE);
        assertThat(endpoint.overridden()).isTrue();
    }

    @Test
    void anotherAddressIsAskedWithCredentials() {
        var settings = Map.of("GOOGLE_CLOUD_RUN_ENDPOINT", "https://proxy.example/");

        assertThat(of("run", settings).login()).isSameAs(SOMEBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example/", "ftp://localhost/", "localhost:80", "a b"})
    void credentialsAreNotSentInClear(String address) {
        assertThatThrownBy(() -> of("run", Map.of("GOOGLE_CLOUD_RUN_ENDPOINT", address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GOOGLE_CLOUD_RUN_ENDPOINT");
    }

    @Test
    void withoutCredentialsItIsSaidHowToGetThem() {
        assertThatThrownBy(SOMEBODY::token)
                .isInstanceOf(GoogleException.class)
                .hasMessageContaining("gcloud auth application-default login");
        assertThat(SOMEBODY.project()).isNull();
    }

    private static GoogleEndpoint of(String api, Map<String, String> settings) {
        return GoogleEndpoint.of(api, settings::get, SOMEBODY);
    }
}
