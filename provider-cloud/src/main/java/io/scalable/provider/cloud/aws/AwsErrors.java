package io.scalable.provider.cloud.aws;

import io.scalable.provider.cloud.aws.AwsException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What AWS's errors mean, and what to do about them. Pure. */
final class AwsErrors {

    private static final int LONGEST = 400;

    private AwsErrors() {}

    /**
     * @param action the IAM action, such as {@code ecs:RunTask}
     */
    static AwsException of(String action, AwsTarget target, SdkException e) {
        if (e instanceof AwsServiceException service) {
            var details = service.awsErrorDetails();
            String code = details == null ? null : details.errorCode();
            String message = details == null ? e.getMessage() : details.errorMessage();
            return answered(
                    action, target, code == null ? "" : code, brief(message), service.statusCode());
        }
        return unanswered(action, target, e);
    }

    /** An error that AWS itself told. Its text is cut: some repeat what was signed. */
    static AwsException answered(
            String action, AwsTarget target, String code, String message, int status) {
        String said = action + ": " + code + (message.isEmpty() ? "" : ": " + message);
        String cluster = "targets." + target.name() + ".cluster";
        return switch (code) {
            case "ExpiredToken",
                    "ExpiredTokenException",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "IncompleteSignature" ->
                    new AwsException(
                            Kind.LOGIN,
                            "the credentials for AWS have expired or are not valid: renew them (aws"
                                    + " sso login, new keys, another AWS_PROFILE). Workers go on"
                                    + " meanwhile. "
                                    + said,
                            null);
            case "RequestExpired",
                    "RequestTimeTooSkewed",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch" ->
                    new AwsException(
                            Kind.LOGIN,
                            "AWS refuses this machine's signature: set its clock (timedatectl,"
                                    + " chronyc makestep), and if the clock is right the secret"
                                    + " access key is wrong. "
                                    + said,
                            null);
            case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation" ->
                    new AwsException(
                            Kind.REFUSED,
                            "not allowed to "
                                    + action
                                    + " in cluster '"
                                    + target.cluster()
                                    + "': add it to the policy of whoever runs this, see"
                                    + " docs/aws.md. "
                                    + said,
                            null);
            case "ClusterNotFoundException" ->
                    new AwsException(
                            Kind.NO_CLUSTER,
                            "there is no ECS cluster '"
                                    + target.cluster()
                                    + "'"
                                    + (target.region() == null ? "" : " in " + target.region())
                                    + ": create it (aws ecs create-cluster --cluster-name "
                                    + target.cluster()
                                    + "), or set "
                                    + cluster
                                    + " or the region. "
                                    + said,
                            null);
            case "ConflictException" -> new AwsException(Kind.UNKNOWN, said, null);
            case "ServerException", "InternalFailure", "ServiceUnavailable" ->
                    new AwsException(Kind.UNKNOWN, said, null);
            default -> byStatus(target, said, code, status);
        };
    }

    private static AwsException byStatus(AwsTarget target, String said, String code, int status) {
        if (code.contains("Throttl")
                || code.contains("TooManyRequests")
                || code.contains("LimitExceeded")
                || status == 429) {
            return new AwsException(Kind.LATER, "AWS throttles, and is asked again: " + said, null);
        }
        if (status >= 500) {
            return new AwsException(Kind.UNKNOWN, said, null);
        }
        return new AwsException(Kind.REFUSED, said + hint(target, said), null);
    }

    private static String hint(AwsTarget target, String said) {
        if (said.contains("capacity provider")) {
            return ". Add it to the cluster: aws ecs put-cluster-capacity-providers --cluster "
                    + target.cluster()
                    + " --capacity-providers FARGATE FARGATE_SPOT"
                    + " --default-capacity-provider-strategy []";
        }
        return "";
    }

    /** Nobody answered, or nothing was even sent. */
    private static AwsException unanswered(String action, AwsTarget target, SdkException e) {
        String message = brief(e.getMessage());
        if (e instanceof AbortedException) {
            return new AwsException(Kind.UNKNOWN, action + ": cut off", e);
        }
        if (message.contains("credentials")) {
            return new AwsException(
                    Kind.LOGIN,
                    "no credentials for AWS: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or run where a role gives them. "
                            + message,
                    e);
        }
        if (message.contains("region")) {
            return new AwsException(
                    Kind.REFUSED,
                    "no region: set targets." + target.name() + ".region or AWS_REGION. " + message,
                    e);
        }
        return new AwsException(Kind.UNKNOWN, action + ": no answer: " + message, e);
    }

    private static String brief(@Nullable String message) {
        String line = message == null ? "" : message.strip().lines().findFirst().orElse("");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
