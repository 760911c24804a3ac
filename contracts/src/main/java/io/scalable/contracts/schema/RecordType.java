package io.scalable.contracts.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One type of record on a topic.
 *
 * @param type the Java record
 * @param topic where it stands; a deployment's own topics have {@code {deploymentId}} in their name
 * @param version of its schema, {@code major.minor}: a new optional field is a minor change
 */
public record RecordType(Class<? extends Record> type, String topic, String version) {

    /** The type's name: in JSON, of the schema's file, and of the artifact in a registry. */
    public String name() {
        return type.getSimpleName();
    }

    /** The schema's id, {@code urn:scalable:<Type>:<major.minor>}. */
    public String urn() {
        return "urn:scalable:" + name() + ":" + version;
    }

    /** The closed JSON Schema (draft 7): it refuses unknown fields. */
    public String schema() {
        String file = "/schemas/" + name() + ".json";
        try (InputStream in = RecordType.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no schema " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
