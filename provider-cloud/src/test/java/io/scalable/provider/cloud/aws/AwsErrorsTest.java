package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.TargetSpec;
import io.scalable.provider.cloud.aws.AwsException.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsErrorsTest {

    private static final AwsTarget TARGET =
            AwsTarget.of(
                    new TargetSpec(
                            "cloud",
                            "aws",
                            null,
                            Map.of(
                                    "cluster",
                                    TextNode.valueOf("batch"),
                                    "region",
                                    TextNode.valueOf("eu-west-1"))));

    private static AwsException error(String code, String message) {
        return AwsErrors.answered("ecs:RunTask", TARGET, code, message, 400);
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, LATER, asked again",
        "LimitExceededException, LATER, asked again",
        "ExpiredTokenException, LOGIN, aws sso login",
        "UnrecognizedClientException, LOGIN, AWS_PROFILE",
        "RequestExpired, LOGIN, set its clock",
        "InvalidSignatureException, LOGIN, set its clock",
        "AccessDeniedException, REFUSED, not allowed to ecs:RunTask in cluster 'batch'",
        "ClusterNotFoundException, NO_CLUSTER, aws ecs create-cluster --cluster-name batch",
        "InvalidParameterException, REFUSED, InvalidParameterException: words",
        "ConflictException, UNKNOWN, ConflictException",
        "ServerException, UNKNOWN, ServerException"
    })
    void eachErrorSaysWhatToDo(String code, Kind kind, String words) {
        AwsException error = error(code, "words");

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.text()).contains(words, "ecs:RunTask");
    }

    @Test
    void aCapacityProviderThatTheClusterLacksIsToBeAdded() {
        assertThat(
                        error(
                                        "InvalidParameterException",
                                        "a capacity provider not associated with the cluster")
                                .text())
                .contains("put-cluster-capacity-providers --cluster batch");
    }

    @Test
    void serversWithoutAnAnswerAreUnknown() {
        assertThat(AwsErrors.answered("ecs:RunTask", TARGET, "Odd", "", 503).kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(
                        AwsErrors.of(
                                        "ecs:RunTask",
                                        TARGET,
                                        SdkClientException.create("Read timed out"))
                                .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void withoutCredentialsOrRegionNothingWasSent() {
        AwsException credentials =
                AwsErrors.of(
                        "ecs:RunTask",
                        TARGET,
                        SdkClientException.create(
                                "Unable to load credentials from any of the providers"));
        AwsException region =
                AwsErrors.of(
                        "ecs:RunTask",
                        TARGET,
                        SdkClientException.create("Unable to load region from any of the"));

        assertThat(credentials.kind()).isEqualTo(Kind.LOGIN);
        assertThat(credentials.text()).contains("AWS_PROFILE");
        assertThat(region.kind()).isEqualTo(Kind.REFUSED);
        assertThat(region.text()).contains("targets.cloud.region");
    }

    @Test
    void whatWasSignedIsNotRepeated() {
        var details =
                AwsErrorDetails.builder()
                        .errorCode("SignatureDoesNotMatch")
                        .errorMessage("The signature does not match.\nx-amz-security-token:SECRET")
                        .build();
        var e = EcsException.builder().awsErrorDetails(details).statusCode(403).build();

        assertThat(AwsErrors.of("ecs:ListTasks", TARGET, e).text())
                .contains("The signature does not match")
                .doesNotContain("SECRET");
    }
}
