package io.scalable.telemetry.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.telemetry.store.Database;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import io.scalable.telemetry.store.Retention;
import io.scalable.telemetry.store.StoreException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The store, once its tables are there. They are made beside the start and not within it: nobody
 * waits for telemetry but its own readers. The thread that made them then forgets what is too old,
 * once an hour.
 */
@ApplicationScoped
public class TelemetryStore {

    private static final Logger LOG = Logger.getLogger(TelemetryStore.class);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration FULL_SAMPLES = Duration.ofDays(1);

    private final TelemetryConfig config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Database> opened = new CompletableFuture<>();

    TelemetryStore(TelemetryConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("telemetry-store").daemon().start(this::work);
    }

    private void work() {
        try {
            if (stopping.await(config.startDelay().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("telemetry stopped before its store was opened");
            }
            Database database = open();
            opened.complete(database);
            do {
                forget(database.retention());
            } while (!stopping.await(BETWEEN_CLEANINGS.toMinutes(), TimeUnit.MINUTES));
        } catch (InterruptedException | IllegalStateException e) {
            opened.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.error("cannot open the history store; see scalable.telemetry.jdbc-url", e);
            opened.completeExceptionally(e);
        }
    }

    private Database open() {
        long from = System.nanoTime();
        Database database =
                Database.open(
                        config.jdbcUrl(),
                        config.username().orElse(null),
                        config.password().orElse(null));
        LOG.debugf("store open after %d ms", (System.nanoTime() - from) / 1_000_000);
        return database;
    }

    private void forget(Retention retention) {
        try {
            Instant now = Instant.now();
            int forgotten = retention.forgetEndedBefore(now.minus(config.retention()));
            int thinned = retention.thinSamplesBefore(now.minus(FULL_SAMPLES));
            LOG.debugf("forgot %d deployments and %d samples", forgotten, thinned);
        } catch (StoreException e) {
            LOG.warn("old history could not be removed; the next hour tries again", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /** After the channels, whose last batch is still written. */
    @PreDestroy
    void close() {
        opened.handle(
                        (database, _) -> {
                            if (database != null) {
                                database.close();
                            }
                            return null;
                        })
                .join();
    }

    /** Completes when history can be written. */
    public CompletionStage<Void> opened() {
        return opened.thenApply(_ -> null);
    }

    /** Reads history; waits for the tables. */
    public HistoryReader reader() {
        return opened.join().reader();
    }

    /** Writes history; only after {@link #opened()}. */
    public HistoryWriter writer() {
        return opened.join().writer();
    }
}
