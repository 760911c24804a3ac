package io.scalable.kafka;

import java.security.SecureRandom;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one user of an embedded broker, and how it logs in. */
record Credentials(String user, String secret) {

    static final String SCRAM = "SCRAM-SHA-256";
    static final String PLAIN = "PLAIN";

    private static final String ALPHABET =
            "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int SECRET_LENGTH = 32;
    private static final Pattern PASSWORD = Pattern.compile("password=\"([^\"]+)\"");

    static String newSecret() {
        var out = new StringBuilder(SECRET_LENGTH);
        new SecureRandom()
                .ints(SECRET_LENGTH, 0, ALPHABET.length())
                .forEach(i -> out.append(ALPHABET.charAt(i)));
        return out.toString();
    }

    /** What the storage is formatted with. */
    String scramRecord() {
        return SCRAM + "=[name=" + user + ",password=" + secret + "]";
    }

    String scramLogin() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required " + login() + ";";
    }

    /** Both sides of the controller's listener: who one is, and who may come in. */
    String plainLogin() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required "
                + login()
                + " user_"
                + user
                + "=\""
                + secret
                + "\";";
    }

    Map<String, String> clientProperties(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                SCRAM,
                "sasl.jaas.config",
                scramLogin());
    }

    /**
     * The secret that {@link #clientProperties} put into {@code properties}; null if it is none.
     */
    static @Nullable String secretOf(Map<String, String> properties) {
        Matcher login = PASSWORD.matcher(properties.getOrDefault("sasl.jaas.config", ""));
        return login.find() ? login.group(1) : null;
    }

    private String login() {
        return "username=\"" + user + "\" password=\"" + secret + "\"";
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
