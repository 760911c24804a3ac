package io.scalable.provider.cloud.gcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns ids into names that Google Cloud takes, always the same. Pure. */
final class SafeName {

    /** A worker pool's name must have fewer than 50 characters. */
    private static final int POOL = 49;

    private static final int LABEL = 63;
    private static final int HASH = 10;

    private static final Pattern POOL_NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]*");

    private SafeName() {}

    /** The name of a worker's pool; an id that is no name ends with a hash of it. */
    static String pool(String workerId) {
        String plain = "w-" + workerId;
        return plain.length() <= POOL && POOL_NAME.matcher(plain).matches()
                ? plain
                : "w-" + hashed(workerId, POOL - 2);
    }

    /** A label's value for an id. Two ids never share one, though it may not read as the id. */
    static String label(String id) {
        return id.length() <= LABEL && LABEL_VALUE.matcher(id).matches() ? id : hashed(id, LABEL);
    }

    private static String hashed(String id, int most) {
        String simple = id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String head = simple.substring(0, Math.min(simple.length(), most - HASH - 1));
        return head.replaceAll("^-+|-+$", "") + "-" + hash(id);
    }

    private static String hash(String id) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
