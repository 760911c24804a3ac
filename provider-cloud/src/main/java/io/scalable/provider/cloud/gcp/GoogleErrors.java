package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.provider.cloud.gcp.GoogleException.Kind;

/** Reads the errors of Google's APIs. Pure. */
final class GoogleErrors {

    private static final int QUOTA = 8;

    private GoogleErrors() {}

    /**
     * What an answer that is no success means.
     *
     * @param asked what was asked, for people: {@code create worker pool w-1}
     * @param answer its body; anything, if it was no JSON
     */
    static GoogleException of(String asked, int status, JsonNode answer) {
        JsonNode error = answer.path("error");
        String word = error.path("status").asText("");
        Kind kind = kind(status, word);
        return new GoogleException(kind, asked + ": " + words(status, error) + advice(kind), null);
    }

    /** Why a long-running operation failed, for people. */
    static String operation(JsonNode error) {
        String message = error.path("message").asText("no reason given");
        return error.path("code").asInt() == QUOTA ? "a quota is reached: " + message : message;
    }

    private static Kind kind(int status, String word) {
        return switch (status) {
            case 401 -> Kind.LOGIN;
            case 404 -> Kind.MISSING;
            case 409 -> word.equals("ALREADY_EXISTS") ? Kind.EXISTS : Kind.BUSY;
            case 429 -> Kind.LIMIT;
            case 400 -> word.equals("FAILED_PRECONDITION") ? Kind.BUSY : Kind.REFUSED;
            default -> status == 408 || status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
    }

    private static String words(int status, JsonNode error) {
        String word = error.path("status").asText("");
        String message = error.path("message").asText("").strip();
        return (message.isEmpty() ? "no reason given" : message)
                + " ("
                + status
                + (word.isEmpty() ? "" : " " + word)
                + ")";
    }

    private static String advice(Kind kind) {
        return kind == Kind.LOGIN
                ? "; log in anew with gcloud auth application-default login, or set"
                        + " GOOGLE_APPLICATION_CREDENTIALS to a service account's key"
                : "";
    }
}
