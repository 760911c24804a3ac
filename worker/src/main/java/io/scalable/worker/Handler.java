package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.scalable.task.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A method of the user's that is a task, ready to be called. Thread-safe. */
final class Handler {

    private static final MethodType CALL = MethodType.methodType(Object.class, Object[].class);

    private final String name;
    private final MethodHandle method;
    private final ArgumentBinder binder;
    private final TaskJson json;
    private final ObjectWriter writer;

    private Handler(
            String name,
            MethodHandle method,
            ArgumentBinder binder,
            TaskJson json,
            ObjectWriter writer) {
        this.name = name;
        this.method = method;
        this.binder = binder;
        this.json = json;
        this.writer = writer;
    }

    /**
     * Makes {@code method}, public, static and annotated, ready.
     *
     * @throws TaskFault if it cannot be a task
     */
    static Handler of(String name, Method method, TaskJson json) throws TaskFault {
        ArgumentBinder binder = ArgumentBinder.of(name, method, json);
        JavaType result = json.type(method.getGenericReturnType());
        try {
            // The class itself need not be public.
            method.setAccessible(true);
            MethodHandle handle =
                    MethodHandles.lookup()
                            .unreflect(method)
                            .asFixedArity()
                            .asSpreader(Object[].class, method.getParameterCount())
                            .asType(CALL);
            return new Handler(name, handle, binder, json, json.writer(result));
        } catch (IllegalAccessException | RuntimeException e) {
            throw TaskFault.user("InvalidHandler", name + " cannot be called: " + e.getMessage());
        }
    }

    /**
     * Calls it on the current thread.
     *
     * @throws TaskFault if the input does not fit, the user's code throws, or its result is no JSON
     */
    JsonNode call(TaskInput input, TaskContext context) throws TaskFault {
        @Nullable Object[] arguments = binder.bind(input, context);
        try {
            return toJson((@Nullable Object) method.invokeExact(arguments));
        } catch (TaskFault e) {
            throw e;
        } catch (Throwable e) {
            throw new TaskFault(ExceptionFailure.of(e));
        }
    }

    private JsonNode toJson(@Nullable Object result) throws TaskFault {
        if (result == null) {
            return NullNode.getInstance();
        }
        try (var tokens = new TokenBuffer(json.mapper(), false)) {
            writer.writeValue(tokens, result);
            return json.mapper().readTree(tokens.asParser());
        } catch (JsonProcessingException e) {
            throw TaskFault.user(
                    "InvalidResult",
                    "the result of " + name + " cannot be written as JSON " + TaskJson.describe(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
