package io.scalable.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failure of S3 means and what to do about it. Pure. */
final class S3Errors {

    private S3Errors() {}

    /**
     * @param action the permission that the call needs, such as {@code s3:PutObject}
     */
    static IOException of(String action, BucketPlace place, SdkException error) {
        if (error instanceof AbortedException) {
            var interrupted = new InterruptedIOException("interrupted at " + place);
            interrupted.initCause(error);
            return interrupted;
        }
        String words =
                error instanceof S3Exception answer
                        ? answered(action, place, answer)
                        : unanswered(place, error);
        return new IOException(words, error);
    }

    private static String answered(String action, BucketPlace place, S3Exception error) {
        var details = error.awsErrorDetails();
        String code = details == null ? "" : orEmpty(details.errorCode());
        String said = details == null ? "" : orEmpty(details.errorMessage());
        int status = error.statusCode();
        return switch (code) {
            case "NoSuchBucket" ->
                    "there is no bucket '"
                            + place.bucket()
                            + "' for "
                            + place
                            + ": make it, or correct project.default_storage";
            case "NoSuchKey" -> "no such object: " + place;
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
                    "the AWS credentials for "
                            + place
                            + " have expired: sign in again (aws sso login), or renew them";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
                    "AWS does not know the credentials used for "
                            + place
                            + " ("
                            + code
                            + "): check AWS_PROFILE or AWS_ACCESS_KEY_ID and its secret";
            case "RequestTimeTooSkewed" ->
                    "this machine's clock is wrong, so AWS refuses " + place + ": set the clock";
            case "SlowDown", "ServiceUnavailable", "Throttling", "RequestLimitExceeded" ->
                    place
                            + ": S3 still asks to slow down ("
                            + code
                            + ") after "
                            + S3Clients.ATTEMPTS
                            + " attempts: fewer workers at a time, or a prefix of its own";
            default ->
                    switch (status) {
                        case 403 ->
                                "access denied: "
                                        + action
                                        + " on "
                                        + place
                                        + (said.isEmpty() ? "" : " (" + said + ")")
                                        + ": give the user or role this permission";
                        case 404 -> "no such object or bucket: " + place;
                        default ->
                                place
                                        + ": S3 answers "
                                        + status
                                        + " "
                                        + (code.isEmpty() ? "" : code + ": ")
                                        + said;
                    };
        };
    }

    private static String unanswered(BucketPlace place, SdkException error) {
        String message = orEmpty(error.getMessage());
        if (message.contains("Unable to load credentials")) {
            return "no AWS credentials for "
                    + place
                    + ": set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give"
                    + " the worker a role";
        }
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return place
                + " cannot be reached: "
                + message
                + (cause == error ? "" : " (" + cause + ")")
                + ": check the network, AWS_REGION and AWS_ENDPOINT_URL";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
