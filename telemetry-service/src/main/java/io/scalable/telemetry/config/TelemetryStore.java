package io.scalable.telemetry.config;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * The store, once its tables are there. They are made beside the start and not within it: nobody
 * waits for telemetry but its own readers.
 */
@ApplicationScoped
public class TelemetryStore {

    private static final Logger LOG = Logger.getLogger(TelemetryStore.class);

    private final Flyway flyway;
    private final Duration delay;
    private final HistoryReader reader;
    private final HistoryWriter writer;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    TelemetryStore(
            @FlywayDataSource("telemetry") Flyway flyway,
            @DataSource("telemetry") AgroalDataSource source,
            TelemetryConfig config) {
        this.flyway = flyway;
        this.delay = config.startDelay();
        this.reader = new HistoryReader(source);
        this.writer = new HistoryWriter(source);
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("telemetry-store").daemon().start(this::open);
    }

    private void open() {
        try {
            if (stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("telemetry stopped before its store was opened");
            }
            long from = System.nanoTime();
            int steps = flyway.migrate().migrationsExecuted;
            LOG.debugf("store open, %d migrations, %d ms", steps, millisSince(from));
            opened.complete(null);
        } catch (InterruptedException | IllegalStateException e) {
            opened.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.error("cannot open the history store; see scalable.telemetry.data-dir", e);
            opened.completeExceptionally(e);
        }
    }

    /** Waits for tables that are being made: the connections go next. */
    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        opened.handle((_, _) -> null).join();
    }

    private static long millisSince(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
    }

    /** Completes when history can be written. */
    public CompletionStage<Void> opened() {
        return opened;
    }

    /** Reads history; waits for the tables. */
    public HistoryReader reader() {
        opened.join();
        return reader;
    }

    /** Writes history; only after {@link #opened()}. */
    public HistoryWriter writer() {
        return writer;
    }
}
