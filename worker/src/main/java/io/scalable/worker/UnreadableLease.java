package io.scalable.worker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Json;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be said of a lease that cannot be read: a newer dispatcher's, or one beyond a limit. */
final class UnreadableLease {

    private UnreadableLease() {}

    /** The attempt that {@code json} grants, as far as it can be read; empty if that is not far. */
    static Optional<AttemptKey> attempt(byte[] json) {
        String type = null;
        String taskId = null;
        int attempt = 0;
        try (JsonParser in = Json.mapper().createParser(json)) {
            String field = in.nextToken() == JsonToken.START_OBJECT ? in.nextFieldName() : null;
            while (field != null && !complete(type, taskId, attempt)) {
                in.nextToken();
                switch (field) {
                    case "type" -> type = in.getValueAsString();
                    case "taskId" -> taskId = in.getValueAsString();
                    case "attempt" -> attempt = in.getValueAsInt();
                    default -> in.skipChildren();
                }
                field = in.nextFieldName();
            }
        } catch (IOException e) {
            // What was read up to here is all there is.
        }
        return taskId != null && complete(type, taskId, attempt)
                ? Optional.of(new AttemptKey(taskId, attempt))
                : Optional.empty();
    }

    /** The assignments in a record that holds several; none if it is not such a record. */
    static List<byte[]> parts(byte[] json) {
        var parts = new ArrayList<byte[]>();
        try {
            JsonNode record = Json.mapper().readTree(json);
            if ("Assignments".equals(record.path("type").asText())) {
                for (JsonNode part : record.path("assignments")) {
                    parts.add(Json.mapper().writeValueAsBytes(part));
                }
            }
        } catch (IOException e) {
            // It is no JSON that can be read at all.
            return List.of();
        }
        return parts;
    }

    /** What is reported: the attempt never began, and that is not its task's fault. */
    static Failure failure(InvalidRecordException why) {
        return new Failure(
                FailureClass.START_FAILURE,
                "unreadable lease",
                Excerpt.head("the worker cannot read this attempt's lease: " + why.getMessage()),
                null);
    }

    private static boolean complete(@Nullable String type, @Nullable String taskId, int attempt) {
        return "LeaseGranted".equals(type) && taskId != null && attempt > 0;
    }
}
