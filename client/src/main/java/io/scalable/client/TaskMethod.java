package io.scalable.client;

import io.scalable.task.Task;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The method that a method reference means, found without calling it.
 *
 * @param handler {@code package.Class::method}, as workers look it up
 * @param name {@code Class.method}, the task's name unless another is given
 * @param resultType the method's generic return type
 */
record TaskMethod(String handler, String name, Type resultType) {

    /**
     * Reads a method reference.
     *
     * @throws IllegalArgumentException if it is no reference to a public static method that is
     *     annotated with {@link Task}; the message says what to write
     */
    static TaskMethod of(Serializable function) {
        SerializedLambda reference = read(function);
        String owner = reference.getImplClass().replace('/', '.');
        String method = reference.getImplMethodName();
        if (method.startsWith("lambda$")) {
            throw new IllegalArgumentException(
                    "a lambda in "
                            + owner
                            + " cannot run on a worker: write a public static method annotated with"
                            + " @Task and pass it as a method reference, such as Forecast::fit");
        }
        if (reference.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
            throw new IllegalArgumentException(
                    owner
                            + "::"
                            + method
                            + " is not static: a task is a public static method, all it works on is"
                            + " its argument");
        }
        return of(load(owner, function), method);
    }

    private static TaskMethod of(Class<?> owner, String name) {
        String handler = owner.getName() + "::" + name;
        List<Method> tasks =
                Arrays.stream(owner.getDeclaredMethods())
                        .filter(m -> m.getName().equals(name))
                        .filter(m -> m.isAnnotationPresent(Task.class))
                        .toList();
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException(
                    handler + " is not a task: annotate it with @" + Task.class.getName());
        }
        if (tasks.size() > 1) {
            throw new IllegalArgumentException(
                    tasks.size()
                            + " methods called "
                            + handler
                            + " are annotated with @Task: give each a name of its own");
        }
        Method task = tasks.getFirst();
        if (!Modifier.isPublic(task.getModifiers())) {
            throw new IllegalArgumentException(handler + " must be public");
        }
        return new TaskMethod(
                handler, owner.getSimpleName() + "." + name, task.getGenericReturnType());
    }

    /** What the compiler left in the reference for serialization; nothing is serialized. */
    private static SerializedLambda read(Serializable function) {
        try {
            Method replace = function.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            if (replace.invoke(function) instanceof SerializedLambda reference) {
                return reference;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw notAReference(function, e);
        }
        throw notAReference(function, null);
    }

    private static IllegalArgumentException notAReference(
            Serializable function, @Nullable Exception cause) {
        return new IllegalArgumentException(
                function.getClass().getName()
                        + " is no method reference: pass one to a public static method annotated"
                        + " with @Task, such as Forecast::fit",
                cause);
    }

    private static Class<?> load(String name, Serializable function) {
        try {
            return Class.forName(name, false, function.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("the class of the task is gone: " + name, e);
        }
    }
}
