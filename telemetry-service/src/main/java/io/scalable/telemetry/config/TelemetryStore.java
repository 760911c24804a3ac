package io.scalable.telemetry.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.contracts.Backoff;
import io.scalable.telemetry.store.Database;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import io.scalable.telemetry.store.Retention;
import io.scalable.telemetry.store.ServicesReader;
import io.scalable.telemetry.store.StoreException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The store, once its tables are there. They are made beside the start and not within it: nobody
 * waits for telemetry but its own readers. A database that is away is waited for. The thread that
 * made the tables then forgets what is too old, once an hour.
 */
@ApplicationScoped
public class TelemetryStore {

    private static final Logger LOG = Logger.getLogger(TelemetryStore.class);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);
    private static final Duration FULL_SAMPLES = Duration.ofDays(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    /** How long a question waits for a store that is being opened. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TelemetryConfig config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Database> opened = new CompletableFuture<>();
    private volatile String trouble = "history is being opened";

    TelemetryStore(TelemetryConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("telemetry-store").daemon().start(this::work);
    }

    private void work() {
        try {
            boolean stopped = stopping.await(config.startDelay().toMillis(), TimeUnit.MILLISECONDS);
            for (int failures = 0; !stopped && !open(failures + 1); failures++) {
                stopped = stopping.await(wait(failures + 1).toMillis(), TimeUnit.MILLISECONDS);
            }
            while (!stopped) {
                forget(opened.join().retention());
                stopped = stopping.await(BETWEEN_CLEANINGS.toMinutes(), TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = "history cannot be opened: " + e.getMessage();
            LOG.error("cannot open the history store; see scalable.telemetry.jdbc-url", e);
        } finally {
            opened.completeExceptionally(
                    new IllegalStateException("telemetry stopped before its store was opened"));
        }
    }

    private Duration wait(int failures) {
        var backoff = new Backoff(FIRST_RETRY, longer(FIRST_RETRY, config.retryAtMost()));
        return backoff.delay(failures, ThreadLocalRandom.current().nextDouble());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** False if the database is away: the next try follows. */
    private boolean open(int tries) {
        long from = System.nanoTime();
        try {
            opened.complete(
                    Database.open(
                            config.jdbcUrl(),
                            config.username().orElse(null),
                            config.password().orElse(null)));
            LOG.debugf("store open after %d ms", (System.nanoTime() - from) / 1_000_000);
            return true;
        } catch (StoreException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.warnf("try %d: %s; the next one follows. %s", tries, e.getMessage(), e.getCause());
            return false;
        }
    }

    private void forget(Retention retention) {
        try {
            Instant now = Instant.now();
            int forgotten = retention.forgetEndedBefore(now.minus(config.retention()));
            int old = retention.forgetSamplesBefore(now.minus(config.retention()));
            int thinned = retention.thinSamplesBefore(now.minus(FULL_SAMPLES));
            int rows =
                    retention.bound(
                            new Retention.Most(
                                    config.keptTasks(),
                                    config.keptWorkers(),
                                    config.keptFailures(),
                                    config.keptPlans()));
            LOG.debugf(
                    "forgot %d deployments, %d samples and %d rows of living deployments",
                    forgotten, old + thinned, rows);
        } catch (StoreException e) {
            LOG.warnf("old history could not be removed; the next hour tries again: %s", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /** After the reader of topics, whose last batch is still written. */
    @PreDestroy
    void close() {
        stopping.countDown();
        opened.handle(
                        (database, _) -> {
                            if (database != null) {
                                database.close();
                            }
                            return null;
                        })
                .join();
    }

    /** Completes when history can be written; never if the process stops before. */
    public CompletionStage<Void> opened() {
        return opened.thenApply(_ -> null);
    }

    /** Why the store is not open, in short words. */
    public String trouble() {
        return trouble;
    }

    /**
     * Reads history; waits some seconds for the tables.
     *
     * @throws StoreUnavailableException if they are not there
     */
    public HistoryReader reader() {
        return awaited().reader();
    }

    /** Reads what services say of themselves; see {@link #reader()}. */
    public ServicesReader services() {
        return awaited().services();
    }

    private Database awaited() {
        try {
            return opened.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StoreUnavailableException(trouble, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("telemetry stops", e);
        }
    }

    /** Writes history; only after {@link #opened()}. */
    public HistoryWriter writer() {
        return opened.join().writer();
    }
}
