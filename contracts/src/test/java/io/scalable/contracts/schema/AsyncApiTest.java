package io.scalable.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code docs/asyncapi.yaml} is that of the records. {@code dev/schemas} writes it anew. */
class AsyncApiTest {

    private static final Path FILE = Path.of("../docs/asyncapi.yaml");

    /** What anyone may write; all else is said by our services. */
    private static final Set<String> RECEIVED =
            Set.of(Topics.DEPLOYMENTS, Topics.TASKS, Topics.SCALE_REQUESTS);

    @Test
    void theDocumentIsThatOfTheRecords() throws IOException {
        String generated = document();
        if (Boolean.getBoolean("scalable.schemas.update")) {
            Files.writeString(FILE, generated);
        }

        assertThat(FILE).as("run dev/schemas to write it anew").hasContent(generated);
    }

    private static String document() {
        List<String> topics = RecordTypes.all().stream().map(RecordType::topic).distinct().toList();
        var out = new StringBuilder();
        out.append(
                """
                # Written by dev/schemas from the records of contracts; a test compares them.
                asyncapi: 3.0.0
                info:
                  title: Scalable
                  version: 0.1.0
                  description: What Scalable's services read and write. docs/events.md shows how to take part.
                defaultContentType: application/json
                channels:
                """);
        topics.forEach(topic -> channel(out, topic));
        out.append("operations:\n");
        topics.forEach(topic -> operation(out, topic));
        out.append("components:\n  messages:\n");
        RecordTypes.all().forEach(type -> message(out, type));
        return out.toString();
    }

    private static void channel(StringBuilder out, String topic) {
        boolean own = topic.contains("{");
        line(out, 2, name(topic) + ":");
        line(out, 4, "address: '" + topic + "'");
        if (own) {
            line(out, 4, "parameters:");
            line(out, 6, "deploymentId:");
            line(out, 8, "description: The deployment's id");
        }
        line(out, 4, "messages:");
        for (RecordType type : RecordTypes.on(topic)) {
            line(out, 6, type.name() + ":");
            line(out, 8, "$ref: '#/components/messages/" + type.name() + "'");
        }
    }

    private static void operation(StringBuilder out, String topic) {
        boolean received = RECEIVED.contains(topic);
        line(out, 2, (received ? "receive-" : "send-") + name(topic) + ":");
        line(out, 4, "action: " + (received ? "receive" : "send"));
        line(out, 4, "channel:");
        line(out, 6, "$ref: '#/channels/" + name(topic) + "'");
    }

    private static void message(StringBuilder out, RecordType type) {
        line(out, 4, type.name() + ":");
        line(out, 6, "name: " + type.name());
        line(out, 6, "bindings:");
        line(out, 8, "kafka:");
        line(out, 10, "key:");
        line(out, 12, "type: string");
        line(out, 12, "description: " + key(type.topic()));
        line(out, 6, "headers:");
        line(out, 8, "type: object");
        line(out, 8, "properties:");
        line(out, 10, "ce_dataschema:");
        line(out, 12, "const: '" + type.urn() + "'");
        line(out, 6, "payload:");
        line(out, 8, "schemaFormat: 'application/schema+json;version=draft-07'");
        line(out, 8, "schema:");
        line(out, 10, "$ref: '../contracts/src/main/resources/schemas/" + type.name() + ".json'");
    }

    private static String key(String topic) {
        boolean ofWorker = topic.equals(Topics.LAUNCHES) || topic.equals(RecordTypes.ASSIGNMENTS);
        if (topic.equals(Topics.SERVICE_EVENTS)) {
            return "The service and the deployment, or the provider host";
        }
        return topic.equals(Topics.DEAD_LETTERS)
                ? "The refused record's key"
                : ofWorker ? "The worker's id" : "The deployment's id";
    }

    private static String name(String topic) {
        return topic.replace("scalable.", "").replace(".{deploymentId}", "");
    }

    private static void line(StringBuilder out, int indent, String text) {
        out.append(" ".repeat(indent)).append(text).append('\n');
    }
}
