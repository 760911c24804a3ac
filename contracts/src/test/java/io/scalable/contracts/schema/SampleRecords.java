package io.scalable.contracts.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of any type, made from its components: with all that may be there, or with the least.
 */
final class SampleRecords {

    private SampleRecords() {}

    /** As the codec of the record's topic writes it. */
    static byte[] json(Class<?> type, boolean full) throws IOException {
        return Json.mapper().writerFor(root(type)).writeValueAsBytes(record(type, full));
    }

    private static Class<?> root(Class<?> type) {
        Class<?>[] above = type.getInterfaces();
        return above.length == 0 ? type : root(above[0]);
    }

    private static Object record(Class<?> type, boolean full) {
        RecordComponent[] components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        boolean either = type.getSimpleName().equals("AttemptFinished");
        boolean payload = type.getSimpleName().equals("Payload");
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            String name = components[i].getName();
            boolean left =
                    either && name.equals(full ? "failure" : "result")
                            || payload && name.equals(full ? "value" : "ref");
            boolean work = type.getSimpleName().equals("SubmitTasks") && name.equals("work");
            boolean there =
                    !nullable || full || either && name.equals("failure") || payload || work;
            values[i] = left || !there ? null : value(components[i].getGenericType(), full);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a " + type, e);
        }
    }

    private static Object value(Type type, boolean full) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? List.of(value(of[0], full))
                    : Map.of("some", value(of[1], full));
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return "some";
        } else if (raw == int.class || raw == Integer.class) {
            return 1;
        } else if (raw == long.class || raw == Long.class) {
            return 1L;
        } else if (raw == double.class || raw == Double.class) {
            return 1.5;
        } else if (raw == boolean.class) {
            return true;
        } else if (raw == Instant.class) {
            return Instant.parse("2026-01-31T14:25:01.250Z");
        } else if (raw == URI.class) {
            return URI.create("file:///storage/x.json");
        } else if (raw == byte[].class) {
            return new byte[] {1, 2, 3};
        } else if (raw == JsonNode.class) {
            return Json.mapper().createObjectNode().put("a", 1);
        } else if (raw == TaskState.class) {
            return TaskState.FAILED;
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        } else if (raw == Work.class) {
            return full
                    ? new Work.Command(List.of("echo", "x"), "out.json")
                    : new Work.Handler("a.B::c");
        }
        JsonSubTypes kinds = raw.getAnnotation(JsonSubTypes.class);
        return record(kinds == null ? raw : kinds.value()[0].value(), full);
    }
}
