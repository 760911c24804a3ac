package io.scalable.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Kafka broker in this JVM. It authenticates everybody: clients need {@link
 * #clientProperties()}. Several may run at once.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    /** The name of the one user. */
    public static final String USER = "run";

    private static final Duration STOP_HALTED = Duration.ofSeconds(5);

    private static final long MIB = 1024 * 1024;

    /** A folder with less room than this is full, MB: a broker needs some for every topic. */
    private static final long FULL = 4;

    private final EmbeddedKafkaOptions options;
    private final Listeners listeners;
    private final Credentials credentials;
    private final KafkaNode node;
    private final Consumer<String> halted = this::halted;
    private @Nullable Consumer<String> lost;
    private @Nullable String loss;
    private boolean closed;

    private EmbeddedKafka(
            EmbeddedKafkaOptions options,
            Listeners listeners,
            Credentials credentials,
            KafkaNode node) {
        this.options = options;
        this.listeners = listeners;
        this.credentials = credentials;
        this.node = node;
        Halts.add(halted);
    }

    /**
     * Starts a broker; returns when it serves clients.
     *
     * @throws UncheckedIOException if its address cannot be bound or its folder not be written
     * @throws IllegalArgumentException if the folder was used before and no secret is given
     */
    public static EmbeddedKafka start(EmbeddedKafkaOptions options) {
        QuietLogs.ask();
        Halts.catchAll();
        var folder = new DataFolder(options.dataDir());
        try {
            return start(options, folder, credentials(options, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedKafka start(
            EmbeddedKafkaOptions options, DataFolder folder, Credentials credentials)
            throws IOException {
        Listeners listeners = Listeners.bind(options.host(), options.port());
        try {
            if (!folder.formatted()) {
                folder.format(credentials);
            }
            var properties = BrokerProperties.of(options, listeners, credentials);
            var node = KafkaNode.start(properties, listeners);
            return new EmbeddedKafka(options, listeners, credentials, node);
        } catch (IOException | RuntimeException e) {
            listeners.close();
            if (options.deleteOnClose()) {
                folder.delete();
            }
            throw e;
        }
    }

    private static Credentials credentials(EmbeddedKafkaOptions options, DataFolder folder) {
        String secret = options.secret();
        if (secret == null && folder.formatted()) {
            throw new IllegalArgumentException(
                    options.dataDir()
                            + " holds the data of an earlier broker; give the secret that it was"
                            + " made with, or another folder");
        }
        return new Credentials(USER, secret == null ? Credentials.newSecret() : secret);
    }

    /** Starts a broker with a folder of its own, which goes with it: for tests and trials. */
    public static EmbeddedKafka startTemporary() {
        return start(temporary());
    }

    /** A new folder, which goes with its broker. */
    public static EmbeddedKafkaOptions temporary() {
        try {
            var folder = Files.createTempDirectory("scalable-kafka-");
            return EmbeddedKafkaOptions.in(folder).withDeleteOnClose(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the broker", e);
        }
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return options.host() + ":" + port();
    }

    /** The port that clients connect to. */
    public int port() {
        return listeners.port(Listeners.CLIENT);
    }

    /** The port of the controller's own listener. */
    int controllerPort() {
        return listeners.port(Listeners.CONTROLLER);
    }

    /** The password of {@link #USER}; a resumed run needs it again. Keep it out of logs. */
    public String secret() {
        return credentials.secret();
    }

    /**
     * What a Kafka client needs: {@code bootstrap.servers}, {@code security.protocol}, {@code
     * sasl.mechanism} and {@code sasl.jaas.config}, which holds the secret.
     */
    public Map<String, String> clientProperties() {
        return credentials.clientProperties(bootstrapServers());
    }

    /**
     * Runs {@code action}, once, if the broker cannot go on, as on a full disk; at once if that has
     * happened. It is told why, with the broker's folder.
     */
    public void onLoss(Consumer<String> action) {
        String known;
        synchronized (this) {
            lost = action;
            known = loss;
        }
        if (known != null) {
            action.accept(known);
        }
    }

    private void halted(String why) {
        Consumer<String> action;
        String text;
        synchronized (this) {
            if (closed || loss != null) {
                return;
            }
            text = "the broker cannot go on: " + explained(why);
            loss = text;
            action = lost;
        }
        if (action != null) {
            action.accept(text);
        }
    }

    /** A broker that has halted may not stop in order any more. */
    private void stopWhatIsLeft() {
        Thread stopping = Thread.ofPlatform().daemon().start(node::stop);
        try {
            stopping.join(STOP_HALTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kafka itself rarely says why it halts; a full disk is the usual reason. */
    private String explained(String why) {
        Path folder = options.dataDir();
        try {
            long free = Files.getFileStore(folder).getUsableSpace() / MIB;
            return free < FULL
                    ? "no room is left in its folder " + folder + "; make room there"
                    : "%s; its folder is %s, where %d MB are free".formatted(why, folder, free);
        } catch (IOException e) {
            return why + "; its folder is " + folder + ", which cannot be looked at";
        }
    }

    /**
     * Instead of {@link #close()} where the JVM is about to be halted and nothing of the broker is
     * wanted any more: it is left as it is. What becomes of it from now on is no loss. Its folder
     * is the caller's to delete.
     */
    public synchronized void leave() {
        closed = true;
        Halts.remove(halted);
    }

    /**
     * Stops the broker and frees its ports; returns when its threads have ended. Close clients
     * first: they would go on trying to reach it. Closing twice is harmless.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Halts.remove(halted);
        if (loss == null) {
            node.stop();
        } else {
            stopWhatIsLeft();
        }
        listeners.close();
        if (options.deleteOnClose()) {
            try {
                new DataFolder(options.dataDir()).delete();
            } catch (IOException e) {
                // What the broker was for is done: its left data are no failure of it.
                LOG.warn("The data folder {} is left behind: {}", options.dataDir(), e.toString());
            }
        }
    }
}
