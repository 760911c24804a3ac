package io.scalable.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task does: call a Java method, or run a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.Handler.class, name = "handler"),
    @JsonSubTypes.Type(value = Work.Command.class, name = "command")
})
public sealed interface Work {

    /**
     * A method annotated with {@link io.scalable.task.Task}.
     *
     * @param method {@code package.Class::method}
     */
    record Handler(String method) implements Work {}

    /**
     * A program with its arguments; no shell is involved. Its input is JSON on standard input.
     *
     * @param argv the program and its arguments, at least one
     * @param resultFile the file (relative to the task's folder) that holds the result; null for
     *     standard output
     */
    record Command(List<String> argv, @Nullable String resultFile) implements Work {
        public Command {
            argv = List.copyOf(argv);
            if (argv.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least the program");
            }
        }
    }
}
