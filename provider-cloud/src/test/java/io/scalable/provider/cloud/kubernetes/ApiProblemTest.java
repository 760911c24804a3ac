package io.scalable.provider.cloud.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.scalable.provider.cloud.kubernetes.ApiProblem.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiProblemTest {

    private static ApiProblem of(int code, String reason, String message) {
        var status =
                new StatusBuilder().withCode(code).withReason(reason).withMessage(message).build();
        return ApiProblem.of(new KubernetesClientException(status), "create pods", "energy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "409|AlreadyExists|pods \"x\" already exists|TAKEN",
                "409|Conflict|Operation cannot be fulfilled on resourcequotas \"q\"|CONFLICT",
                "404|NotFound|pods \"x\" not found|ABSENT",
                "404|NotFound|namespaces \"energy\" not found|REFUSED",
                "429|TooManyRequests|slow down|LIMIT",
                "403|Forbidden|pods \"x\" is forbidden: exceeded quota: q, requested: cpu=1|LIMIT",
                "403|Forbidden|pods \"x\" is forbidden: violates PodSecurity"
                        + " \"restricted\"|REFUSED",
                "422|Invalid|Pod \"x\" is invalid: spec.containers[0].image: Required|REFUSED",
                "401|Unauthorized|Unauthorized|LOGIN",
                "500|InternalError|failed calling webhook|UNAVAILABLE",
                "503|ServiceUnavailable|the server is starting|UNAVAILABLE"
            })
    void whatARefusalMeans(int code, String reason, String message, Kind kind) {
        ApiProblem problem = of(code, reason, message);

        assertThat(problem.kind()).isEqualTo(kind);
    }

    @Test
    void aMissingRightIsNamedWithWhatBringsIt() {
        ApiProblem problem =
                of(
                        403,
                        "Forbidden",
                        "pods is forbidden: User \"me\" cannot create resource \"pods\" in API"
                                + " group \"\" in the namespace \"energy\"");

        assertThat(problem.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problem.message())
                .startsWith("no right to create pods in namespace 'energy'")
                .contains("deploy/kubernetes");
    }

    @Test
    void aServerThatIsAwayIsUnavailable() {
        var error = new KubernetesClientException("x", new IOException("Connection refused"));

        ApiProblem problem = ApiProblem.of(error, "create pods", "energy");
        assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(problem.message()).contains("Connection refused");
    }
}
