package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One of Google's APIs over real HTTP on this machine. Every request and answer is held to {@link
 * DiscoveryDocument}; what does not fit is a violation, and refused.
 */
class FakeApi implements AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** An answer. */
    record Answer(int status, JsonNode body) {}

    /** What is asked. */
    record Request(String method, String path, Map<String, String> query, JsonNode body) {}

    /** What an API does with a request that is as it should be. */
    @FunctionalInterface
    interface Service {
        Answer answer(Request request);
    }

    /** A trouble to come: the next requests of a method are answered by it, if it is not -1. */
    private record Trouble(String method, int status, String word, String message, boolean done) {}

    private final DiscoveryDocument document;
    private final Service service;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final Map<String, Integer> calls = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private String token = "";

    FakeApi(DiscoveryDocument document, Service service) {
        this.document = document;
        this.service = service;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Only requests with this token are let in; empty lets everybody in. */
    synchronized void letIn(String bearer) {
        token = bearer;
    }

    /** The next {@code times} requests of a method, such as {@code create}, fail. */
    synchronized void trouble(String method, int times, int status, String word, String message) {
        for (int i = 0; i < times; i++) {
            troubles.add(new Trouble(method, status, word, message, false));
        }
    }

    /** The next {@code times} requests of a method are done, and nobody hears so. */
    synchronized void loseAnswers(String method, int times) {
        for (int i = 0; i < times; i++) {
            troubles.add(new Trouble(method, -1, "", "", true));
        }
    }

    /** No trouble that was announced comes any more. */
    synchronized void calm() {
        troubles.clear();
    }

    /** How often a method, such as {@code list}, was called. */
    synchronized int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    /** What was not as Google's description says. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized void violation(String what) {
        violations.add(what);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer;
            synchronized (this) {
                answer = answer(exchange, body);
            }
            if (answer.status() < 0) {
                return;
            }
            byte[] bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange, String body) throws IOException {
        URI uri = exchange.getRequestURI();
        String verb = exchange.getRequestMethod();
        String path = uri.getPath().substring(1);
        var method = document.method(verb, path).orElse(null);
        if (method == null) {
            violations.add(verb + " " + path + ": there is no such method");
            return error(404, "NOT_FOUND", "no such method");
        }
        Map<String, String> query = query(uri.getRawQuery());
        List<String> problems = document.problems(method, query, body);
        if (!problems.isEmpty()) {
            violations.addAll(problems);
            return error(400, "INVALID_ARGUMENT", String.join("; ", problems));
        }
        String name = method.id().substring(method.id().lastIndexOf('.') + 1);
        boolean operation = method.id().contains(".operations.");
        calls.merge(operation ? "operation" : name, 1, Integer::sum);
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (!token.isEmpty() && !("Bearer " + token).equals(given)) {
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        Trouble trouble =
                troubles.stream().filter(t -> t.method().equals(name)).findFirst().orElse(null);
        if (trouble != null) {
            troubles.removeFirstOccurrence(trouble);
            if (!trouble.done()) {
                return error(trouble.status(), trouble.word(), trouble.message());
            }
        }
        JsonNode parsed = body.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(body);
        Answer answer = service.answer(new Request(name, path, query, parsed));
        if (answer.status() == 200) {
            violations.addAll(document.answerProblems(method, answer.body()));
        }
        return trouble == null ? answer : new Answer(-1, answer.body());
    }

    static Answer error(int status, String word, String message) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putObject("error").put("code", status).put("message", message).put("status", word);
        return new Answer(status, body);
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] words = pair.split("=", 2);
                query.put(
                        URLDecoder.decode(words[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(
                                words.length < 2 ? "" : words[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
