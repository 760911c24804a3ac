package io.scalable.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.kafka.SchemaHeader;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.service.ServiceEvent.ProviderHostSeen;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.topic.Topics;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.testkit.Readiness;
import io.scalable.testkit.ServiceBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaResource.class)
class TelemetryIT {

    static final String TOKEN = "a-token-for-tests";

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    @TestHTTPResource("/telemetry/deployments")
    URI root;

    ServiceBroker broker;

    @Test
    void itSaysThatItIsReady() {
        assertThat(Readiness.await(readiness)).contains("\"UP\"");
    }

    @Test
    void whatIsSaidOnTheTopicsIsAnsweredByRest() throws Exception {
        String id = "run-1";
        try (var producer = producer()) {
            send(producer, Topics.DEPLOYMENTS, id, DeploymentSpec.class, Events.deployment(id));
            send(producer, Topics.SCALE_PLANS, id, ScalePlan.class, Events.plan(id, 1, 2));
            send(
                    producer,
                    Topics.WORKER_LIFECYCLE,
                    id,
                    WorkerLifecycle.class,
                    Events.started(id, "w1"));
            for (TaskEvent event :
                    List.of(
                            Events.queued(id, id + "/fit/0"),
                            Events.startedOn(id, id + "/fit/0", "w1"),
                            Events.succeeded(id, id + "/fit/0", "w1"),
                            Events.queued(id, id + "/fit/1"),
                            Events.failed(id, id + "/fit/1", "w1"))) {
                send(producer, Topics.TASK_EVENTS, id, TaskEvent.class, event);
            }
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            JsonNode tasks = get("/run-1").path("tasks");
                            assertThat(tasks.path("SUCCEEDED").asInt()).isEqualTo(1);
                            assertThat(tasks.path("FAILED").asInt()).isEqualTo(1);
                            assertThat(get("/run-1/decisions")).hasSize(1);
                            assertThat(get("/run-1/workers")).hasSize(1);
                        });
        assertThat(get("").findValuesAsText("deploymentId")).contains(id);
        assertThat(get("/run-1").at("/deployment/createdAt").asText())
                .isEqualTo("2027-01-15T08:00:00Z");
        assertThat(get("/run-1/tasks?state=failed").at("/0/reason").asText()).isEqualTo("it broke");
        assertThat(get("/run-1/tasks?limit=1&offset=1")).hasSize(1);
        assertThat(get("/run-1/workers").at("/0/place").asText()).isEqualTo("thread");
        assertThat(get("/run-1/decisions").at("/0/pools/0/desired").asInt()).isEqualTo(2);
        assertThat(get("/run-1/failures").at("/0/failure/type").asText()).isEqualTo("exit 3");
    }

    @Test
    void aTombstoneEndsTheDeployment() throws Exception {
        String id = "run-2";
        try (var producer = producer()) {
            send(producer, Topics.DEPLOYMENTS, id, DeploymentSpec.class, Events.deployment(id));
            producer.send(new ProducerRecord<>(Topics.DEPLOYMENTS, id, null)).get();
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/run-2").at("/deployment/endedAt").isTextual());
    }

    @Test
    void aRecordThatDoesNotDecodeGoesToTheDeadLettersAndNothingStops() throws Exception {
        String id = "run-3";
        byte[] nonsense = "no JSON".getBytes(StandardCharsets.UTF_8);
        try (var producer = producer()) {
            send(producer, Topics.DEPLOYMENTS, id, DeploymentSpec.class, Events.deployment(id));
            producer.send(new ProducerRecord<>(Topics.TASK_EVENTS, id, nonsense)).get();
            send(
                    producer,
                    Topics.TASK_EVENTS,
                    id,
                    TaskEvent.class,
                    Events.queued(id, id + "/fit/0"));
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/run-3/tasks")).hasSize(1));
        DeadLetter letter = firstDeadLetter();
        assertThat(letter.topic()).isEqualTo(Topics.TASK_EVENTS);
        assertThat(letter.key()).isEqualTo(id);
        assertThat(letter.value()).isEqualTo(nonsense);
        assertThat(letter.reason()).contains("not a valid TaskEvent");
    }

    @Test
    void whatIsUnknownIsNotFoundWithTheReason() throws Exception {
        for (String path : List.of("/none", "/none/tasks", "/none/pools", "/none/failures")) {
            JsonNode problem = problem(path, 404);
            assertThat(problem.path("detail").asText())
                    .isEqualTo("telemetry knows no deployment 'none'");
        }
    }

    @Test
    void aBadParameterIsTheCallersMistakeAndIsNamed() throws Exception {
        for (String query :
                List.of(
                        "limit=abc",
                        "limit=0",
                        "limit=10001",
                        "offset=-1",
                        "offset=99999999999",
                        "state=NOPE",
                        "since=yesterday")) {
            String list = query.startsWith("since") ? "samples" : "tasks";
            JsonNode problem = problem("/run-1/" + list + "?" + query, 400);
            String parameter = query.substring(0, query.indexOf('='));
            assertThat(problem.path("parameter").asText()).isEqualTo(parameter);
            assertThat(problem.path("detail").asText())
                    .startsWith(parameter + " must be ")
                    .endsWith("found '" + query.substring(query.indexOf('=') + 1) + "'");
        }
        assertThat(problem("?limit=abc", 400).path("parameter").asText()).isEqualTo("limit");
    }

    @Test
    void whoServesADeploymentAndWhoHasSetItAsideIsSaid() throws Exception {
        String id = "run-4";
        DeploymentSpec spec = Events.deployment(id);
        try (var producer = producer()) {
            send(producer, Topics.DEPLOYMENTS, id, DeploymentSpec.class, spec);
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    get("/run-4")
                                            .at("/host/problem")
                                            .asText()
                                            .startsWith("nobody serves this deployment"));
            ServiceEvent aside =
                    new DeploymentSetAside(id, "planner", "it cannot be planned", Events.at(1));
            ServiceEvent host =
                    new ProviderHostSeen(
                            spec.providerHost(), List.of(spec.target().provider()), Events.at(2));
            for (ServiceEvent event : List.of(aside, host)) {
                send(producer, Topics.SERVICE_EVENTS, event.key(), ServiceEvent.class, event);
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> {
                            JsonNode summary = get("/run-4");
                            assertThat(summary.at("/host/lives").asBoolean()).isTrue();
                            assertThat(
                                            summary.at("/host/problem").isMissingNode()
                                                    || summary.at("/host/problem").isNull())
                                    .isTrue();
                            assertThat(summary.at("/setAside/0/reason").asText())
                                    .isEqualTo("it cannot be planned");
                        });
    }

    @Test
    void nobodyReadsWithoutTheToken() throws Exception {
        assertThat(request("", "guessed").statusCode()).isEqualTo(401);
    }

    private JsonNode problem(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = request(path, TOKEN);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        return Json.mapper().readTree(answer.body());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return Json.mapper().readTree(request(path, TOKEN).body());
    }

    private HttpResponse<String> request(String path, String token)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                new HashMap<String, Object>(broker.kafka()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static <T> void send(
            KafkaProducer<String, byte[]> producer, String topic, String id, Class<T> type, T value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, id, JsonCodec.of(type).encode(value))).get();
    }

    private DeadLetter firstDeadLetter() {
        var properties = new HashMap<String, Object>(broker.kafka());
        properties.put("group.id", "readers");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.DEAD_LETTERS));
            var records = consumer.poll(Duration.ofSeconds(60));
            var record = records.iterator().next();
            assertThat(SchemaHeader.isOn(record.headers())).isTrue();
            return JsonCodec.of(DeadLetter.class).decode(record.value());
        }
    }
}
