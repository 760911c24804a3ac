package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.scalable.task.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a task's input into a method's arguments, by position: the item, then the results of the
 * needed tasks; the {@link TaskContext} wherever it is asked for. A method with a single value
 * parameter gets the item, or, where there is none, the results. Thread-safe.
 */
final class ArgumentBinder {

    private final String handler;
    private final int parameters;
    private final List<Value> values;

    /** A parameter that is bound from JSON. */
    private record Value(int position, String name, JavaType type, ObjectReader reader) {

        @Override
        public String toString() {
            return "parameter " + (position + 1) + " '" + name + "' (" + type.toCanonical() + ")";
        }
    }

    private ArgumentBinder(String handler, int parameters, List<Value> values) {
        this.handler = handler;
        this.parameters = parameters;
        this.values = values;
    }

    /**
     * The binder of a method.
     *
     * @throws TaskFault if it has parameters that cannot be bound
     */
    static ArgumentBinder of(String handler, Method method, TaskJson json) throws TaskFault {
        var values = new ArrayList<Value>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType() != TaskContext.class) {
                refuseForeignJackson(handler, parameters[i]);
                JavaType type = json.type(parameters[i].getParameterizedType());
                values.add(new Value(i, parameters[i].getName(), type, json.reader(type)));
            }
        }
        if (values.size() > 2) {
            throw TaskFault.user(
                    "InvalidHandler",
                    handler
                            + " takes "
                            + values.size()
                            + " values; a task takes two at most, the item and the results of the"
                            + " tasks it needs: gather the rest in a record");
        }
        return new ArgumentBinder(handler, parameters.length, List.copyOf(values));
    }

    /**
     * The arguments of a call.
     *
     * @throws TaskFault if the input does not fit; the message names the parameter and the place in
     *     its JSON
     */
    @Nullable Object[] bind(TaskInput input, TaskContext context) throws TaskFault {
        var arguments = new @Nullable Object[parameters];
        java.util.Arrays.fill(arguments, context);
        boolean onlyResults =
                values.size() == 1 && input.item().isNull() && !input.needs().isEmpty();
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            JsonNode json = i == 0 && !onlyResults ? input.item() : results(value, input);
            arguments[value.position()] = convert(value, json);
        }
        return arguments;
    }

    private JsonNode results(Value value, TaskInput input) throws TaskFault {
        boolean asMap = Map.class.isAssignableFrom(value.type().getRawClass());
        if (input.needs().isEmpty()) {
            throw invalid(
                    value,
                    "takes the results of the needed tasks, but this task needs none: give it"
                            + " 'needs', or leave the parameter out");
        }
        if (asMap) {
            return input.needs();
        }
        if (input.needs().size() > 1 && isList(value.type())) {
            throw invalid(
                    value,
                    "takes the results of one task, but this task needs several ("
                            + String.join(
                                    ", ",
                                    input.needs().properties().stream()
                                            .map(Map.Entry::getKey)
                                            .toList())
                            + "): make it a Map of lists by task name");
        }
        return input.needs().size() == 1 ? input.needs().elements().next() : input.needs();
    }

    private @Nullable Object convert(Value value, JsonNode json) throws TaskFault {
        try {
            return value.reader().readValue(json);
        } catch (JsonProcessingException e) {
            throw invalid(value, "does not fit its input " + TaskJson.describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TaskFault invalid(Value value, String problem) {
        return TaskFault.user("InvalidArgument", value + " of " + handler + " " + problem);
    }

    private static boolean isList(JavaType type) {
        return type.isArrayType() || Collection.class.isAssignableFrom(type.getRawClass());
    }

    /** A component's own Jackson is another than the worker's, so its tree types cannot be made. */
    private static void refuseForeignJackson(String handler, Parameter parameter) throws TaskFault {
        Class<?> type = parameter.getType();
        if (type.getName().startsWith("com.fasterxml.jackson.databind.")
                && type.getClassLoader() != JsonNode.class.getClassLoader()) {
            throw TaskFault.user(
                    "InvalidHandler",
                    handler
                            + " takes a "
                            + type.getSimpleName()
                            + ", but handlers on a component's classpath share no Jackson with the"
                            + " worker: take a record, a Map<String, Object> or Object");
        }
    }
}
