package io.scalable.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's two sockets, bound before its configuration is written: so the free ports are known
 * and nobody can take them in between.
 */
final class Listeners implements ServerSocketFactory, AutoCloseable {

    /** For clients. */
    static final String CLIENT = "CLIENT";

    /** For the broker's talk with its controller; always on loopback. */
    static final String CONTROLLER = "CONTROLLER";

    private static final int DEFAULT = -1;

    private final Map<String, ServerSocketChannel> channels;

    private Listeners(Map<String, ServerSocketChannel> channels) {
        this.channels = channels;
    }

    /**
     * Binds both.
     *
     * @param port of the client listener; 0 for a free one
     * @throws IOException if the address is not this machine's or the port is taken
     */
    static Listeners bind(String host, int port) throws IOException {
        ServerSocketChannel client = open(CLIENT, host, port);
        try {
            return new Listeners(
                    Map.of(
                            CLIENT,
                            client,
                            CONTROLLER,
                            open(CONTROLLER, EmbeddedKafkaOptions.LOOPBACK, 0)));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static ServerSocketChannel open(String name, String host, int port) throws IOException {
        try {
            return ServerSocketFactory.INSTANCE.openServerSocket(
                    name, new InetSocketAddress(host, port), DEFAULT, DEFAULT);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "the embedded broker cannot listen on "
                            + host
                            + ":"
                            + port
                            + "; give an address of this machine and a port that nobody uses (0"
                            + " finds one): "
                            + e.getMessage(),
                    e);
        }
    }

    /** The bound port of listener {@code name}. */
    int port(String name) {
        return channel(name).socket().getLocalPort();
    }

    /** What the broker calls when it wants to listen: hands out the socket that is bound. */
    @Override
    public ServerSocketChannel openServerSocket(
            String name, InetSocketAddress address, int backlog, int receiveBuffer) {
        return channel(name);
    }

    /** Closes what the broker did not; closing twice is harmless. */
    @Override
    public void close() {
        for (ServerSocketChannel channel : channels.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a listener of the broker", e);
            }
        }
    }

    private ServerSocketChannel channel(String name) {
        ServerSocketChannel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("the broker has no listener called " + name);
        }
        return channel;
    }
}
