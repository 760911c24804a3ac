package io.scalable.dispatcher.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.dispatcher.Samples;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskStatusTest {

    private static final List<Class<? extends TaskStatus>> STATES =
            List.of(
                    TaskStatus.Parked.class,
                    TaskStatus.Blocked.class,
                    TaskStatus.Queued.class,
                    TaskStatus.Leased.class,
                    TaskStatus.Running.class,
                    TaskStatus.Ended.class);

    @Test
    void theReadmeListsTheLegalMoves() throws IOException {
        String table = STATES.stream().map(TaskStatusTest::line).collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    @Test
    void anIllegalMoveIsRefused() {
        TaskEntry parked = TaskEntry.parked(Samples.task("run-1", "fit", 0), 0);

        assertThatThrownBy(() -> parked.leased("w1", Samples.START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run-1/fit/0");
    }

    private static String line(Class<? extends TaskStatus> state) {
        String moves =
                Stream.concat(
                                Arrays.stream(state.getMethods()),
                                Arrays.stream(state.getDeclaredMethods()))
                        .filter(m -> TaskStatus.class.isAssignableFrom(m.getReturnType()))
                        .filter(m -> m.getName().startsWith("to"))
                        .map(Method::getReturnType)
                        .distinct()
                        .sorted(Comparator.comparingInt(STATES::indexOf))
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "));
        return "| %s | %s |".formatted(state.getSimpleName(), moves.isEmpty() ? "–" : moves);
    }
}
