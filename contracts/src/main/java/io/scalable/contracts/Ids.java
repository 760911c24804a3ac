package io.scalable.contracts;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How ids are made. All are readable, safe in file names, topic names and shell words, and sort by
 * time where they carry one: deployment {@code 20260131-142501-x7k2p}, task {@code
 * <deployment>/<task>/<index>}, worker {@code <deployment>-<component>-<ordinal>}.
 */
public final class Ids {

    /** Letters, digits, dot, dash and underscore; at most 128; starts with a letter or digit. */
    private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

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
        return DEPLOYMENT.matcher(id).matches();
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
