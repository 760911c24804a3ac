package io.scalable.contracts;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How ids are made. All are readable, safe in file names, topic names and shell words, and sort by
 * time where they carry one: deployment {@code 20260131-142501-x7k2p}, task {@code
 * <deployment>/<task>/<index>}, worker {@code <deployment>-<component>-<ordinal>}.
 */
public final class Ids {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new deployment id: the time in UTC and five random characters. */
    public static String newDeploymentId(Instant now) {
        return STAMP.format(now) + "-" + random(5);
    }

    /** True if {@code id} may be a deployment's id. */
    public static boolean isDeploymentId(String id) {
        return whyNoDeploymentId(id).isEmpty();
    }

    /**
     * Why {@code id} may not be a deployment's id, in words for people; empty if it may.
     *
     * @param id letters, digits, dots, dashes and underscores; begins with a letter or digit; at
     *     most 128 characters
     */
    public static Optional<String> whyNoDeploymentId(String id) {
        if (id.length() > Limits.DEPLOYMENT_ID_CHARS) {
            return Optional.of(
                    "a deployment's id has at most %d characters, found %d: %s..."
                            .formatted(
                                    Limits.DEPLOYMENT_ID_CHARS, id.length(), id.substring(0, 40)));
        }
        return WORD.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(
                        "a deployment's id has letters, digits, '.', '-' and '_', and begins with a"
                                + " letter or a digit, found: '"
                                + id
                                + "'");
    }

    /**
     * True if {@code name} may be a component's name, which is part of the names of workers and
     * files: letters, digits, dots, dashes and underscores; begins with a letter or digit.
     */
    public static boolean isComponentName(String name) {
        return WORD.matcher(name).matches();
    }

    /**
     * True if deployments of these ids cannot be on one broker: Kafka takes {@code .} and {@code _}
     * for the same in the names of topics.
     */
    public static boolean collide(String one, String other) {
        return !one.equals(other) && one.replace('.', '_').equals(other.replace('.', '_'));
    }

    /** The deterministic id of the {@code index}-th task (from 0) that {@code task} expands to. */
    public static String taskId(String deploymentId, String task, int index) {
        return deploymentId + "/" + task + "/" + index;
    }

    /**
     * The id of the {@code ordinal}-th worker (from 1) ever requested for a component of a
     * deployment.
     */
    public static String workerId(String deploymentId, String component, int ordinal) {
        return deploymentId + "-" + component + "-" + ordinal;
    }

    /** {@code length} random characters without look-alikes, for ids and secrets. */
    public static String random(int length) {
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return out.toString();
    }
}
