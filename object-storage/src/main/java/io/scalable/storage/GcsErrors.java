package io.scalable.storage;

import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what a failure of Google Cloud Storage means and what to do about it. Pure. */
final class GcsErrors {

    private static final String SIGN_IN =
            "run gcloud auth application-default login, set GOOGLE_APPLICATION_CREDENTIALS, or give"
                    + " the worker a service account";
    private static final int LONGEST = 500;

    private GcsErrors() {}

    /**
     * @param action the permission that the call needs, such as {@code storage.objects.get}
     */
    static IOException of(String action, BucketPlace place, IOException error) {
        HttpResponseException answer = answer(error);
        if (answer != null) {
            return new IOException(answered(action, place, answer), error);
        }
        String message = String.valueOf(error.getMessage());
        if (message.contains("invalid_grant") || message.contains("credentials")) {
            return credentials(place, error);
        }
        return new IOException(
                place
                        + " cannot be reached: "
                        + error
                        + ": check the network and STORAGE_EMULATOR_HOST",
                error);
    }

    /** There are no credentials, or none that are good any more. */
    static IOException credentials(BucketPlace place, IOException error) {
        boolean expired = String.valueOf(error.getMessage()).contains("invalid_grant");
        return new IOException(
                expired
                        ? "the Google credentials for " + place + " have expired: " + SIGN_IN
                        : "no Google credentials for " + place + ": " + SIGN_IN,
                error);
    }

    /** True if the bucket is there and the object is not. */
    static boolean noObject(HttpResponseException error) {
        return error.getStatusCode() == 404 && !noBucket(error);
    }

    private static boolean noBucket(HttpResponseException error) {
        String content = String.valueOf(error.getContent()).toLowerCase(Locale.ROOT);
        return content.contains("bucket does not exist");
    }

    private static String answered(String action, BucketPlace place, HttpResponseException error) {
        return switch (error.getStatusCode()) {
            case 401 ->
                    "Google does not accept the credentials for " + place + " any more: " + SIGN_IN;
            case 403 ->
                    "access denied: "
                            + action
                            + " on "
                            + place
                            + ": give the user or service account this permission"
                            + said(error);
            case 404 ->
                    noBucket(error)
                            ? "there is no bucket '"
                                    + place.bucket()
                                    + "' for "
                                    + place
                                    + ": make it, or correct project.default_storage"
                            : "no such object: " + place;
            case 429, 503 ->
                    place
                            + ": Google still asks to come back later ("
                            + error.getStatusCode()
                            + ") after "
                            + GcsClients.PATIENCE.toSeconds()
                            + " s: fewer workers at a time, or a prefix of its own";
            default -> place + ": Google answers " + error.getStatusCode() + said(error);
        };
    }

    private static String said(HttpResponseException error) {
        String content = String.valueOf(error.getContent()).strip().replaceAll("\\s+", " ");
        return content.isEmpty()
                ? ""
                : " (" + content.substring(0, Math.min(content.length(), LONGEST)) + ")";
    }

    /** The answer of the bucket; not of the server that was asked for a token. */
    private static @Nullable HttpResponseException answer(IOException error) {
        return error instanceof HttpResponseException answer ? answer : null;
    }
}
