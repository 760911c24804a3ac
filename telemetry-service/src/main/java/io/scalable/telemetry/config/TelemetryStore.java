package io.scalable.telemetry.config;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * The store, once its tables are there. They are made beside the start and not within it: nobody
 * waits for telemetry but its own readers and writers.
 */
@ApplicationScoped
public class TelemetryStore {

    private static final Logger LOG = Logger.getLogger(TelemetryStore.class);

    private final Flyway flyway;
    private final HistoryReader reader;
    private final HistoryWriter writer;
    private final CompletableFuture<Void> migrated = new CompletableFuture<>();

    TelemetryStore(
            @FlywayDataSource("telemetry") Flyway flyway,
            @DataSource("telemetry") AgroalDataSource source) {
        this.flyway = flyway;
        this.reader = new HistoryReader(source);
        this.writer = new HistoryWriter(source);
    }

    void open(@Observes StartupEvent start) {
        Thread.ofPlatform().name("telemetry-migration").daemon().start(this::migrate);
    }

    private void migrate() {
        long from = System.nanoTime();
        try {
            int steps = flyway.migrate().migrationsExecuted;
            LOG.debugf("%d migrations in %d ms", steps, (System.nanoTime() - from) / 1_000_000);
            migrated.complete(null);
        } catch (RuntimeException e) {
            LOG.error("cannot open the history store; see scalable.telemetry.data-dir", e);
            migrated.completeExceptionally(e);
        }
    }

    /** Reads history; waits for the tables. */
    public HistoryReader reader() {
        migrated.join();
        return reader;
    }

    /** Writes history; waits for the tables. */
    public HistoryWriter writer() {
        migrated.join();
        return writer;
    }
}
