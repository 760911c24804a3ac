package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scalable.contracts.InvalidRecordException;
import io.scalable.contracts.Json;
import io.scalable.contracts.Limits;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import io.scalable.dispatcher.Samples;
import io.scalable.dispatcher.domain.DeploymentEntry;
import io.scalable.dispatcher.domain.DurationStats;
import io.scalable.dispatcher.domain.Row;
import io.scalable.dispatcher.domain.TaskAccount;
import io.scalable.dispatcher.domain.TaskEntry;
import io.scalable.dispatcher.domain.TaskStatus;
import io.scalable.dispatcher.domain.WorkerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows under {@code src/test/resources/rows} are those of earlier releases, a folder for each
 * format: they are never changed, and are read by every later release. Those of the current format
 * are written anew by {@code -Dscalable.rows.update=true}, as long as it is not released.
 */
class RowMappingTest {

    private static final Path FOLDER = Path.of("src/test/resources/rows");
    private static final Path CURRENT = FOLDER.resolve("v" + RowRecord.VERSION);
    private static final Instant AT = Samples.START;
    private static final Failure FAILURE =
            new Failure(FailureClass.USER_ERROR, "Boom", "it broke", "at line 1");

    static List<String> names() {
        return List.copyOf(rows().keySet());
    }

    static List<Path> golden() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRowIsWrittenAsItsGoldenFileSaysAndReadFromIt(String name) throws IOException {
        Row row = rows().get(name);
        Path file = CURRENT.resolve(name + ".json");
        if (Boolean.getBoolean("scalable.rows.update")) {
            Files.createDirectories(CURRENT);
            Files.writeString(
                    file,
                    Json.mapper()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(
                                            Json.mapper().readTree(RowMapping.encode(row)))
                            + "\n");
        }

        assertThat(RowMapping.decode(Files.readAllBytes(file))).isEqualTo(row);
        assertThat(Json.mapper().readTree(RowMapping.encode(row)))
                .isEqualTo(Json.mapper().readTree(file.toFile()));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyRowOfAnEarlierReleaseCanBeRead(Path file) throws IOException {
        assertThat(RowMapping.decode(Files.readAllBytes(file)).key()).isNotEmpty();
    }

    @Test
    void thereIsAGoldenFileForEveryKindOfRowAndEveryStatus() {
        var kinds =
                rows().values().stream()
                        .map(row -> row.getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
        var statuses =
                rows().values().stream()
                        .filter(TaskEntry.class::isInstance)
                        .map(row -> ((TaskEntry) row).status().getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(kinds)
                .containsAll(
                        Arrays.stream(Row.class.getPermittedSubclasses())
                                .map(Class::getSimpleName)
                                .toList());
        assertThat(statuses)
                .containsExactly("Blocked", "Ended", "Leased", "Parked", "Queued", "Running");
    }

    @Test
    void aRowOfALaterReleaseIsRefusedWithWhatToDo() {
        byte[] later =
                "{\"row\":\"pending-result\",\"v\":99,\"taskId\":\"d/fit/0\"}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RowMapping.decode(later))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("run the release that wrote it");
    }

    @Test
    void aRowHasRoomForTheDeepestValueThatIsAccepted() {
        var value = JsonNodeFactory.instance.arrayNode();
        for (int depth = 1; depth < Limits.RECORD_DEPTH; depth++) {
            value = JsonNodeFactory.instance.arrayNode().add(value);
        }
        var row = new Row.KeptResult("d/fit/0", "fit", 7, Payload.of(value));

        assertThat(RowMapping.decode(RowMapping.encode(row))).isEqualTo(row);
    }

    private static Map<String, Row> rows() {
        var rows = new LinkedHashMap<String, Row>();
        rows.put(
                "deployment",
                new DeploymentEntry(
                        "d",
                        AT,
                        Samples.deployment("d", URI.create("file:///x"), Samples.group("fit", 3)),
                        Samples.plan("d", 4, 2),
                        AT,
                        null));
        rows.put("deployment-ended", new DeploymentEntry("d", AT, null, null, null, AT.plusSeconds(3)));
        rows.put("task-parked", task(new TaskStatus.Parked(), TaskAccount.EMPTY));
        rows.put("task-blocked", task(new TaskStatus.Blocked(), TaskAccount.EMPTY));
        rows.put("task-queued", task(new TaskStatus.Queued(AT), TaskAccount.EMPTY));
        rows.put("task-leased", task(new TaskStatus.Leased("w1", AT), account()));
        rows.put("task-running", task(new TaskStatus.Running("w1", AT, null), account()));
        rows.put(
                "task-doubted",
                task(
                        new TaskStatus.Running(
                                "w1", AT, new TaskStatus.Doubt(FAILURE, 2.5, AT.plusSeconds(3))),
                        account()));
        rows.put(
                "task-succeeded",
                task(
                        new TaskStatus.Ended(
                                TaskState.SUCCEEDED,
                                AT,
                                null,
                                1.5,
                                Payload.at(URI.create("file:///x/r.json"), 300_000)),
                        account()));
        rows.put(
                "task-cancelled",
                task(
                        new TaskStatus.Ended(TaskState.CANCELLED, AT, "enough", null, null),
                        TaskAccount.EMPTY));
        rows.put("spec", new Row.TaskSpec(Samples.task("d", "fit", 1, "d/load/*")));
        rows.put("result", new Row.KeptResult("d/fit/1", "fit", 7, Payload.of(IntNode.valueOf(3))));
        rows.put("pending-result", new Row.PendingResult("d/fit/1"));
        rows.put(
                "worker",
                new WorkerEntry(
                        "w1",
                        "forecast",
                        WorkerEntry.Phase.READY,
                        2,
                        3,
                        AT.plusSeconds(60),
                        AT,
                        AT,
                        AT.plusSeconds(1)));
        rows.put("starts", new Row.PoolStarts("forecast", 2));
        rows.put("cancelled-ahead", new Row.CancelledAhead("d/fit/9", "enough"));
        rows.put("outcomes", new Row.Outcomes("fit", 3, "S".repeat(255) + "."));
        rows.put("outcome", new Row.OutcomeOf("any-id", 7, TaskState.FAILED));
        rows.put(
                "ended",
                new Row.EndedTasks(
                        "forecast",
                        "fit",
                        List.of(5, 0, 1, 0, 0),
                        new DurationStats(5, 1.5, 0.25, 1.25),
                        12));
        return rows;
    }

    private static TaskEntry task(TaskStatus status, TaskAccount account) {
        return new TaskEntry("d/fit/1", "fit", "forecast", 1, 7, 5, 12345, status, AT, account);
    }

    private static TaskAccount account() {
        return new TaskAccount(3, 1, 1, 2, 4.5, 1, List.of(FAILURE), AT, "w1");
    }
}
