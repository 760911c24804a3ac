package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the API server did not do what it was asked to. Pure.
 *
 * @param message what is wrong and what to do, for people
 */
record ApiProblem(Kind kind, String message) {

    enum Kind {
        /** An object of that name is there already. */
        TAKEN,
        /** There is no such object. */
        ABSENT,
        /** Something was changed at the same time: try again. */
        CONFLICT,
        /** A quota is used up, or calls come too fast: try again later. */
        LIMIT,
        /** It will not be done, and trying again will not help. */
        REFUSED,
        /** The user lacks a right. */
        FORBIDDEN,
        /** The credentials are missing or not valid. */
        LOGIN,
        /** The server cannot be reached or does not know; it may have done it all the same. */
        UNAVAILABLE
    }

    /** True if trying again changes nothing until a person has changed something. */
    boolean useless() {
        return kind == Kind.REFUSED || kind == Kind.FORBIDDEN || kind == Kind.LOGIN;
    }

    private static final Pattern LACKS_RIGHT =
            Pattern.compile("cannot (\\w+) resource \"([^\"]+)\"");

    private static final String ACCOUNT_MISSING = "error looking up service account";

    /**
     * What {@code error} means.
     *
     * @param what was tried, such as {@code create pods}
     */
    static ApiProblem of(Throwable error, String what, String namespace) {
        if (!(error instanceof KubernetesClientException refusal) || refusal.getCode() <= 0) {
            return new ApiProblem(
                    Kind.UNAVAILABLE,
                    "the Kubernetes API does not answer (" + what + "): " + root(error));
        }
        Status status = refusal.getStatus();
        String reason = status == null || status.getReason() == null ? "" : status.getReason();
        String words =
                status == null || status.getMessage() == null
                        ? "HTTP " + refusal.getCode()
                        : status.getMessage();
        return switch (refusal.getCode()) {
            case 401 ->
                    new ApiProblem(
                            Kind.LOGIN,
                            "the Kubernetes API does not accept these credentials; they may have"
                                    + " expired: log in again or renew the kubeconfig ("
                                    + words
                                    + ")");
            case 403 -> forbidden(words, what, namespace);
            case 404 ->
                    words.startsWith("namespaces ")
                            ? new ApiProblem(
                                    Kind.REFUSED,
                                    "namespace '"
                                            + namespace
                                            + "' does not exist; create it, or name another in the"
                                            + " target's namespace")
                            : new ApiProblem(Kind.ABSENT, words);
            case 409 ->
                    new ApiProblem(
                            reason.equals("AlreadyExists") || words.contains("already exists")
                                    ? Kind.TAKEN
                                    : Kind.CONFLICT,
                            words);
            case 429 ->
                    new ApiProblem(
                            Kind.LIMIT, "the Kubernetes API asks to be called less: " + words);
            case 400, 405, 413, 415, 422 ->
                    new ApiProblem(Kind.REFUSED, "Kubernetes refuses to " + what + ": " + words);
            default ->
                    new ApiProblem(
                            Kind.UNAVAILABLE,
                            "the Kubernetes API failed to " + what + ": " + words);
        };
    }

    private static ApiProblem forbidden(String words, String what, String namespace) {
        if (words.contains("exceeded quota")) {
            return new ApiProblem(
                    Kind.LIMIT, "a quota of namespace '" + namespace + "' is used up: " + words);
        }
        Matcher right = LACKS_RIGHT.matcher(words);
        if (right.find()) {
            return new ApiProblem(
                    Kind.FORBIDDEN,
                    "no right to "
                            + right.group(1)
                            + " "
                            + right.group(2)
                            + " in namespace '"
                            + namespace
                            + "': bind the Role of deploy/kubernetes to this user ("
                            + words
                            + ")");
        }
        String hint =
                words.contains(ACCOUNT_MISSING)
                        ? "; create it, or name another in the target's service_account"
                        : "";
        return new ApiProblem(Kind.REFUSED, "Kubernetes refuses to " + what + ": " + words + hint);
    }

    private static String root(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
