package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.topic.Topics;
import io.scalable.services.Dashboards.Query;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard, annotation and rule finds something in a real Prometheus and a
 * real PostgreSQL while a real run goes on.
 */
@Timeout(300)
class MonitoringIT {

    /**
     * Long enough to be looked at; some shaky tasks fail, others succeed at their second attempt.
     */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 3}
            components:
              steady: {cpus: 1, memory: 256M}
              shaky: {cpus: 1, memory: 256M}
            tasks:
              nap: {component: steady, command: [sleep, '0.2'], foreach: {range: [0, 900]}}
              fall: {component: shaky, command: [sh, -c, 'sleep 0.2; exit 3'], foreach: {range: [0, 100]}}
              stumble:
                component: shaky
                retries: 1
                command: [sh, -c, 'sleep 0.2; exit $((SCALABLE_ATTEMPT % 2))']
                foreach: {range: [0, 300]}
            """;

    @TempDir Path folder;

    @Test
    void everyQueryFindsSomethingInARun() throws Exception {
        List<Query> queries = Dashboards.all();
        assertThat(queries).hasSizeGreaterThan(40);
        try (var postgres = EmbeddedPostgres.start();
                var services = new Services(folder, Services.historyIn(postgres))) {
            var running = new HashMap<String, ServiceProcess>();
            for (String module :
                    List.of(
                            "dispatcher-service",
                            "planner-service",
                            "provider-local",
                            "telemetry-service")) {
                running.put(module.replace("-service", ""), services.start(module));
            }
            for (ServiceProcess service : running.values()) {
                service.ready();
            }
            try (var prometheus = Prometheus.start(folder, running);
                    var history = postgres.getPostgresDatabase().getConnection()) {
                refuseSomething(services);
                var unanswered = new ArrayList<>(queries);
                services.during(
                        MANIFEST,
                        _ ->
                                await().atMost(Duration.ofSeconds(100))
                                        .pollInterval(Duration.ofSeconds(1))
                                        .untilAsserted(
                                                () -> {
                                                    unanswered.removeIf(
                                                            q -> found(q, prometheus, history));
                                                    assertThat(unanswered).isEmpty();
                                                }));
            }
        }
    }

    private static boolean found(Query query, Prometheus prometheus, Connection history) {
        try {
            if (query.sql()) {
                try (var statement = history.createStatement();
                        var rows = statement.executeQuery(query.text())) {
                    return rows.next();
                }
            }
            for (JsonNode series : prometheus.query(query.text())) {
                if (!series.at("/value/1").asText().equals("NaN")) {
                    return true;
                }
            }
            return false;
        } catch (Exception e) {
            throw new AssertionError(query.toString(), e);
        }
    }

    /** A record that nobody can use, so that dead letters can be seen. */
    private static void refuseSomething(Services services) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        new HashMap<String, Object>(services.kafka()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.TASKS,
                                    "nobody",
                                    "no JSON".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
