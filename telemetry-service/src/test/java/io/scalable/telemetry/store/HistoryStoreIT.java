package io.scalable.telemetry.store;

import static io.scalable.telemetry.Events.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.TaskHistory;
import io.scalable.telemetry.domain.WorkerHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreIT {

    private static final String D = "20260131-142501-x7k2p";

    private JdbcConnectionPool source;
    private HistoryWriter writer;
    private HistoryReader reader;

    @BeforeEach
    void open(@TempDir Path folder) {
        source = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("history"), "", "");
        int migrations =
                Flyway.configure()
                        .dataSource(source)
                        .locations("db/telemetry")
                        .load()
                        .migrate()
                        .migrationsExecuted;
        assertThat(migrations).isPositive();
        writer = new HistoryWriter(source);
        reader = new HistoryReader(source);
    }

    @AfterEach
    void close() {
        source.dispose();
    }

    @Test
    void aBatchIsReadBackFolded() {
        writer.append(aRun());

        assertThat(reader.deployments(10)).containsExactly(aDeployment());
        assertThat(reader.taskCounts(D))
                .isEqualTo(Map.of(TaskState.SUCCEEDED, 1L, TaskState.FAILED, 1L));
        assertThat(reader.tasks(D, TaskState.SUCCEEDED, 10, 0))
                .containsExactly(
                        new TaskHistory(
                                D,
                                D + "/fit/0",
                                "fit",
                                "forecast",
                                TaskState.SUCCEEDED,
                                1,
                                "w1",
                                at(1),
                                at(3),
                                at(4),
                                0.25,
                                null));
        assertThat(reader.workers(D))
                .extracting(WorkerHistory::workerId, WorkerHistory::state)
                .containsExactly(tuple("w1", WorkerHistory.State.STARTED));
        assertThat(reader.decisions(D)).containsExactly(Events.plan(D, 1, 1), Events.plan(D, 2, 2));
        assertThat(reader.failures(D, 10, 0))
                .singleElement()
                .satisfies(f -> assertThat(f.failure().stack()).isEqualTo("line 1\nline 2"));
    }

    @Test
    void aBatchThatComesAgainChangesNothing() {
        writer.append(aRun());
        var before = everything();

        writer.append(aRun());

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void theSizeOfBatchesDoesNotMatter() {
        writer.append(aRun());
        var atOnce = everything();

        aRun().forEach(event -> writer.append(List.of(event)));

        assertThat(everything()).isEqualTo(atOnce);
    }

    @Test
    void aTombstoneEndsADeploymentAndPublishingRevivesIt() {
        writer.append(List.of(new HistoryEvent.Published(Events.deployment(D))));
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));
        assertThat(reader.deployment(D)).map(DeploymentHistory::endedAt).contains(at(60));

        writer.append(List.of(new HistoryEvent.Published(Events.deployment(D))));
        assertThat(reader.deployment(D)).contains(aDeployment());
    }

    @Test
    void theEndOfAnUnknownDeploymentIsForgotten() {
        writer.append(List.of(new HistoryEvent.Ended(D, at(60))));

        assertThat(reader.deployments(10)).isEmpty();
    }

    @Test
    void tasksComeInPages() {
        var events = new ArrayList<HistoryEvent>();
        for (int i = 0; i < 25; i++) {
            events.add(task(Events.queued(D, D + "/fit/%02d".formatted(i))));
        }
        writer.append(events);

        assertThat(reader.tasks(D, null, 10, 20))
                .extracting(TaskHistory::taskId)
                .containsExactly(
                        D + "/fit/20", D + "/fit/21", D + "/fit/22", D + "/fit/23", D + "/fit/24");
        assertThat(reader.tasks(D, TaskState.QUEUED, 10, 0)).hasSize(10);
        assertThat(reader.tasks(D, TaskState.RUNNING, 10, 0)).isEmpty();
    }

    private static List<HistoryEvent> aRun() {
        return List.of(
                new HistoryEvent.Published(Events.deployment(D)),
                new HistoryEvent.Planned(Events.plan(D, 1, 1)),
                new HistoryEvent.Planned(Events.plan(D, 2, 2)),
                new HistoryEvent.OfWorker(Events.started(D, "w1")),
                task(Events.queued(D, D + "/fit/0")),
                task(Events.startedOn(D, D + "/fit/0", "w1")),
                task(Events.succeeded(D, D + "/fit/0", "w1")),
                task(Events.queued(D, D + "/fit/1")),
                task(Events.startedOn(D, D + "/fit/1", "w1")),
                task(Events.failed(D, D + "/fit/1", "w1")));
    }

    private static HistoryEvent task(TaskEvent event) {
        return new HistoryEvent.OfTask(event);
    }

    private static DeploymentHistory aDeployment() {
        return DeploymentHistory.of(Events.deployment(D));
    }

    private List<Object> everything() {
        return List.of(
                reader.deployments(10),
                reader.tasks(D, null, 100, 0),
                reader.workers(D),
                reader.decisions(D),
                reader.failures(D, 100, 0));
    }
}
