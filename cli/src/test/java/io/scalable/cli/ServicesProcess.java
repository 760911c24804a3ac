package io.scalable.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Ids;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Broker and services in a process of their own, which ends when this is closed. */
final class ServicesProcess implements AutoCloseable {

    private static final JsonCodec<TaskCommand> TASK = JsonCodec.of(TaskCommand.class);

    private final Process process;
    private final Map<String, String> kafka;
    private final Path properties;

    private ServicesProcess(Process process, Map<String, String> kafka, Path properties) {
        this.process = process;
        this.kafka = kafka;
        this.properties = properties;
    }

    static ServicesProcess start(Path folder) throws IOException {
        var command = new ArrayList<>(PackagedCommand.java());
        command.add("control-plane");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("services.err").toFile())
                        .start();
        JsonNode said = Json.mapper().readTree(process.inputReader().readLine()).get("kafka");
        var kafka = new HashMap<String, String>();
        said.properties().forEach(entry -> kafka.put(entry.getKey(), entry.getValue().asText()));
        Path file = folder.resolve("kafka.properties");
        var all = new Properties();
        all.putAll(kafka);
        try (var out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
        return new ServicesProcess(process, kafka, file);
    }

    /** A file with what Kafka clients need. */
    Path properties() {
        return properties;
    }

    /** Submits {@code count} tasks that run {@code script}, in which %d is the task's index. */
    void submit(String deployment, String tag, int count, String script) {
        submit(kafka, deployment, tag, count, script);
    }

    /** The same on the brokers of {@code kafka}. */
    static void submit(
            Map<String, String> kafka, String deployment, String tag, int count, String script) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(new HashMap<String, Object>(kafka), bytes, bytes)) {
            for (int i = 0; i < count; i++) {
                var work = new Work.Command(List.of("sh", "-c", script.formatted(i)), null);
                var task =
                        new SubmitTask(
                                deployment,
                                Ids.taskId(deployment, "step", i),
                                "step",
                                tag,
                                i,
                                work,
                                Payload.of(Json.mapper().nullNode()),
                                List.of(),
                                0,
                                0,
                                null,
                                2.0);
                var unused =
                        producer.send(
                                new ProducerRecord<>(
                                        Topics.TASKS,
                                        deployment.getBytes(StandardCharsets.UTF_8),
                                        TASK.encode(task)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
