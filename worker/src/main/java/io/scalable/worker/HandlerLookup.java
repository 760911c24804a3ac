package io.scalable.worker;

import io.scalable.task.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds the method that {@code package.Class::method} names. Only what is public, static and
 * annotated with {@link Task} is ever called. Looked up once; thread-safe.
 */
final class HandlerLookup {

    private static final String TYPE = "InvalidHandler";

    private final TaskLoader loader;
    private final TaskJson json;
    private final ConcurrentMap<String, Handler> found = new ConcurrentHashMap<>();

    HandlerLookup(TaskLoader loader, TaskJson json) {
        this.loader = loader;
        this.json = json;
    }

    /**
     * The handler called {@code name}.
     *
     * @throws TaskFault if there is none; the message says what is wrong and what to do
     */
    Handler find(String name) throws TaskFault {
        Handler known = found.get(name);
        if (known == null) {
            known = Handler.of(name, method(name), json);
            found.put(name, known);
        }
        return known;
    }

    private Method method(String name) throws TaskFault {
        int colons = name.indexOf("::");
        if (colons < 1 || colons + 2 >= name.length()) {
            throw TaskFault.user(
                    TYPE, "'" + name + "' names no handler; write package.Class::method");
        }
        Class<?> owner = load(name.substring(0, colons));
        return choose(name, owner, name.substring(colons + 2));
    }

    private Class<?> load(String className) throws TaskFault {
        try {
            return Class.forName(className, false, loader.classes());
        } catch (ClassNotFoundException e) {
            throw TaskFault.user(
                    TYPE,
                    "there is no class "
                            + className
                            + " on "
                            + loader
                            + ": check its name, or add the jar or folder that holds it to the"
                            + " component's 'classpath'");
        } catch (LinkageError e) {
            throw TaskFault.user(
                    TYPE, "class " + className + " on " + loader + " cannot be loaded: " + e);
        }
    }

    private Method choose(String name, Class<?> owner, String methodName) throws TaskFault {
        List<Method> all = methods(owner);
        List<Method> named = all.stream().filter(m -> m.getName().equals(methodName)).toList();
        if (named.isEmpty()) {
            String tasks =
                    String.join(
                            ", ",
                            all.stream()
                                    .filter(HandlerLookup::isTask)
                                    .map(Method::getName)
                                    .sorted()
                                    .toList());
            throw TaskFault.user(
                    TYPE,
                    owner.getName()
                            + " has no method '"
                            + methodName
                            + "'; its tasks are: "
                            + (tasks.isEmpty() ? "none" : tasks));
        }
        List<Method> tasks = named.stream().filter(HandlerLookup::isTask).toList();
        if (tasks.isEmpty()) {
            throw TaskFault.user(
                    TYPE,
                    name + " is not marked as a task: annotate it with @" + Task.class.getName());
        }
        if (tasks.size() > 1) {
            throw TaskFault.user(
                    TYPE,
                    tasks.size()
                            + " methods called "
                            + name
                            + " are annotated with @Task: give each a name of its own");
        }
        Method task = tasks.getFirst();
        int modifiers = task.getModifiers();
        if (!Modifier.isStatic(modifiers) || !Modifier.isPublic(modifiers)) {
            throw TaskFault.user(
                    TYPE, name + " must be public and static, found: " + task.toGenericString());
        }
        return task;
    }

    private List<Method> methods(Class<?> owner) throws TaskFault {
        try {
            return Arrays.asList(owner.getDeclaredMethods());
        } catch (LinkageError e) {
            throw TaskFault.user(
                    TYPE, owner.getName() + " uses a class that is not on " + loader + ": " + e);
        }
    }

    private static boolean isTask(Method method) {
        return method.isAnnotationPresent(Task.class);
    }
}
