package io.scalable.provider.cloud.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose a pod is: names that follow from ids, labels to select by, annotations with the exact ids.
 * Pure.
 *
 * @param deploymentId the deployment's
 * @param workerId the worker's
 * @param component the pool's component
 * @param ordinal the worker's number within its pool, from 1
 */
record Ownership(String deploymentId, String workerId, String component, int ordinal) {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String SCALABLE = "scalable";
    static final String DEPLOYMENT = "scalable.io/deployment";
    static final String COMPONENT = "scalable.io/component";
    static final String WORKER = "scalable.io/worker-id";
    static final String ORDINAL = "scalable.io/ordinal";

    private static final String PREFIX = "scalable-";
    private static final int LONGEST = 63;
    private static final int HASH = 10;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    /** Whose a pod is; empty if its annotations are not this project's. */
    static Optional<Ownership> of(HasMetadata object) {
        Map<String, String> notes = object.getMetadata().getAnnotations();
        if (notes == null || notes.get(WORKER) == null || notes.get(DEPLOYMENT) == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Ownership(
                        notes.get(DEPLOYMENT),
                        notes.get(WORKER),
                        notes.getOrDefault(COMPONENT, ""),
                        number(notes.get(ORDINAL))));
    }

    /** The pod's name: a DNS label that is always the same for a worker. */
    static String podName(String workerId) {
        return dnsName(workerId);
    }

    /** The name of the Secret of a deployment. */
    static String secretName(String deploymentId) {
        return dnsName(deploymentId);
    }

    /** What selects all pods of a deployment. */
    static Map<String, String> selector(String deploymentId) {
        return Map.of(MANAGED_BY, SCALABLE, DEPLOYMENT, labelValue(deploymentId));
    }

    Map<String, String> labels() {
        return Map.of(
                MANAGED_BY,
                SCALABLE,
                DEPLOYMENT,
                labelValue(deploymentId),
                COMPONENT,
                labelValue(component));
    }

    Map<String, String> annotations() {
        return Map.of(
                DEPLOYMENT,
                deploymentId,
                WORKER,
                workerId,
                COMPONENT,
                component,
                ORDINAL,
                Integer.toString(ordinal));
    }

    /** Ids as they are where they may be a label's value, else what is left of them and a hash. */
    static String labelValue(String id) {
        return id.length() <= LONGEST && LABEL_VALUE.matcher(id).matches()
                ? id
                : hashed(id, "[^A-Za-z0-9_.-]", LONGEST);
    }

    private static String dnsName(String id) {
        return PREFIX.length() + id.length() <= LONGEST && DNS_LABEL.matcher(id).matches()
                ? PREFIX + id
                : PREFIX + hashed(id.toLowerCase(Locale.ROOT), id, "[^a-z0-9-]", LONGEST - 9);
    }

    private static String hashed(String id, String without, int longest) {
        return hashed(id, id, without, longest);
    }

    private static String hashed(String text, String id, String without, int longest) {
        String slug = text.replaceAll(without, "-").replaceAll("^[^A-Za-z0-9]+", "");
        String head = slug.substring(0, Math.min(slug.length(), longest - HASH - 1));
        return (head.isEmpty() ? "x" : head) + "-" + hash(id);
    }

    private static String hash(String id) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }
}
