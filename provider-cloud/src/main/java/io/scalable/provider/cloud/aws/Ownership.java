package io.scalable.provider.cloud.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** By what names and tags things in an account are known to be a deployment's. Pure. */
final class Ownership {

    static final String DEPLOYMENT = "scalable:deployment";
    static final String COMPONENT = "scalable:component";
    static final String WORKER = "scalable:worker";

    /** What {@code startedBy} of all workers begins with. */
    static final String STARTED_BY = "scalable-";

    /** What the reason of a stop begins with if it was ours. */
    static final String STOPPED_BY = "scalable: ";

    private static final int LONGEST_FAMILY = 255;

    private Ownership() {}

    /** A deployment's {@code startedBy}: at most 36 characters, whatever the id. */
    static String startedBy(String deploymentId) {
        return STARTED_BY + hash(deploymentId).substring(0, 24);
    }

    /** The client token of the {@code attempt}-th launch of a worker. */
    static String token(String workerId, int attempt) {
        return hash(workerId + "\n" + attempt);
    }

    /** A worker's tags, the target's among them. */
    static Map<String, String> tags(
            Map<String, String> given, String deploymentId, String component, String workerId) {
        var tags = new LinkedHashMap<>(given);
        tags.put(DEPLOYMENT, deploymentId);
        tags.put(COMPONENT, component);
        tags.put(WORKER, workerId);
        return tags;
    }

    /** The task definition's family; {@code deploymentId} is empty where deployments share it. */
    static String family(String project, String component, String deploymentId) {
        String own = deploymentId.isEmpty() ? "" : "-" + hash(deploymentId).substring(0, 12);
        String name = "scalable-" + project + "-" + component;
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "-");
        int most = LONGEST_FAMILY - own.length();
        return (plain.length() > most ? plain.substring(0, most) : plain) + own;
    }

    /** Where a deployment's Kafka properties are kept. */
    static String parameter(String deploymentId) {
        return "/scalable/" + deploymentId + "/kafka";
    }

    /** SHA-256 in hexadecimal: 64 characters. */
    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
