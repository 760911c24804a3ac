package io.scalable.telemetry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.domain.HistoryEvent;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that an earlier release has filled is read, and goes on. */
class OlderDatabaseTest {

    private static final List<String> ROWS =
            List.of(
                    "INSERT INTO deployments VALUES ('d', 'p', 't', 'local', 'minimize_time',"
                            + " 'safe', '2026-01-31 10:00:00+00', NULL, NULL, NULL)",
                    "INSERT INTO tasks VALUES ('d', 'd/fit/0', 'fit', 'forecast', 'SUCCEEDED', 1,"
                            + " 'w1', '2026-01-31 10:00:01+00', '2026-01-31 10:00:02+00',"
                            + " '2026-01-31 10:00:03+00', 1.0, NULL)",
                    "INSERT INTO pool_plans VALUES ('d', 'forecast', 1, '2026-01-31 10:00:00+00',"
                            + " 2, 'work waits', 'tasks')");

    @TempDir Path folder;

    @Test
    void whatTheReleaseBeforeHasWrittenIsStillThere() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("history");
        var _ =
                Flyway.configure()
                        .dataSource(url, null, null)
                        .locations("db/telemetry")
                        .target("4")
                        .load()
                        .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String row : ROWS) {
                assertThat(statement.executeUpdate(row)).isEqualTo(1);
            }
        }

        try (Database database = Database.open(url, null, null)) {
            HistoryReader reader = database.reader();
            assertThat(reader.deployment("d"))
                    .hasValueSatisfying(d -> assertThat(d.providerHost()).isNull());
            assertThat(reader.tasks("d", TaskFilter.in(TaskState.SUCCEEDED), 10, 0)).hasSize(1);
            assertThat(reader.poolDecisions("d", 10)).hasSize(1);
            database.writer().append(List.of(new HistoryEvent.Published(Events.deployment("d"))));
            assertThat(reader.deployment("d"))
                    .hasValueSatisfying(d -> assertThat(d.providerHost()).isNotNull());
        }
    }
}
