package io.scalable.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server that answers as it is told and remembers what it was asked. Thread-safe. */
final class FakeBucket implements AutoCloseable {

    /** What it answers. */
    record Answer(int status, String body, List<String> headers) {
        Answer(int status, String body) {
            this(status, body, List.of());
        }
    }

    /** Chooses the answer. */
    @FunctionalInterface
    interface Rule {
        /**
         * @param request method and path with query
         * @param times how often this request was made before
         */
        Answer answer(String request, int times);
    }

    private final HttpServer server;
    private final Rule rule;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    FakeBucket(Rule rule) throws IOException {
        this.rule = rule;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every request so far: method and path with query. */
    List<String> requests() {
        return requests;
    }

    /** Every {@code Authorization} header so far. */
    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            int times = (int) requests.stream().filter(request::equals).count();
            requests.add(request);
            Answer answer = rule.answer(request, times);
            answer.headers()
                    .forEach(
                            header -> {
                                String[] words = header.split(": ", 2);
                                exchange.getResponseHeaders().add(words[0], words[1]);
                            });
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
