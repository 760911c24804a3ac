package io.scalable.kafka;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded broker is to be started. A run that is resumed gives the folder, host, port and
 * secret that it had before.
 *
 * @param dataDir where the broker keeps its data; made if missing. Better not a network file system
 * @param host the address that clients connect to, one of this machine's
 * @param port the port that clients connect to, 1 to 65535; 0 for a free one
 * @param secret the password of {@link EmbeddedKafka#USER}: letters and digits; null to make one
 * @param deleteOnClose true to delete {@code dataDir} and what is in it on close
 * @param plain true to take SASL PLAIN as well, with the same secret, from clients that cannot do
 *     SCRAM
 */
public record EmbeddedKafkaOptions(
        Path dataDir,
        String host,
        int port,
        @Nullable String secret,
        boolean deleteOnClose,
        boolean plain) {

    /** The address of this machine alone. */
    public static final String LOOPBACK = "127.0.0.1";

    public EmbeddedKafkaOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, found " + port);
        }
        if (secret != null && !secret.matches("[A-Za-z0-9]{8,}")) {
            throw new IllegalArgumentException(
                    "secret must be at least 8 letters and digits (it is not shown here)");
        }
        dataDir = dataDir.toAbsolutePath();
    }

    /** A broker on loopback with a free port and a new secret, whose data stay after close. */
    public static EmbeddedKafkaOptions in(Path dataDir) {
        return new EmbeddedKafkaOptions(dataDir, LOOPBACK, 0, null, false, false);
    }

    /**
     * A broker that goes on where an earlier one in the same folder was, for the same clients.
     *
     * @param clients what {@link EmbeddedKafka#clientProperties()} of the earlier one gave
     * @throws IllegalArgumentException if these are no such properties
     */
    public static EmbeddedKafkaOptions again(Path dataDir, Map<String, String> clients) {
        String server = clients.getOrDefault("bootstrap.servers", "");
        int colon = server.lastIndexOf(':');
        String secret = Credentials.secretOf(clients);
        if (colon < 0 || secret == null) {
            throw new IllegalArgumentException(
                    "these are not the client properties of an embedded broker");
        }
        return in(dataDir)
                .withHost(server.substring(0, colon))
                .withPort(Integer.parseInt(server.substring(colon + 1)))
                .withSecret(secret);
    }

    /** The same on another address of this machine. */
    public EmbeddedKafkaOptions withHost(String address) {
        return new EmbeddedKafkaOptions(dataDir, address, port, secret, deleteOnClose, plain);
    }

    /** The same on port {@code number}; 0 for a free one. */
    public EmbeddedKafkaOptions withPort(int number) {
        return new EmbeddedKafkaOptions(dataDir, host, number, secret, deleteOnClose, plain);
    }

    /** The same with a secret that is known already. */
    public EmbeddedKafkaOptions withSecret(String known) {
        return new EmbeddedKafkaOptions(dataDir, host, port, known, deleteOnClose, plain);
    }

    /** The same, deleting its folder on close or keeping it. */
    public EmbeddedKafkaOptions withDeleteOnClose(boolean delete) {
        return new EmbeddedKafkaOptions(dataDir, host, port, secret, delete, plain);
    }

    /** The same for clients that cannot do SCRAM, too. */
    public EmbeddedKafkaOptions withPlain() {
        return new EmbeddedKafkaOptions(dataDir, host, port, secret, deleteOnClose, true);
    }

    /** Without the secret: options end up in logs. */
    @Override
    public String toString() {
        return "EmbeddedKafkaOptions[" + host + ":" + port + ", " + dataDir + "]";
    }
}
