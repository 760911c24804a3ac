package io.scalable.provider.local.service;

import io.scalable.provider.ProviderHost;
import io.scalable.provider.kafka.KafkaLaunchLedger;
import io.scalable.provider.kafka.KafkaLifecycleSink;
import io.scalable.provider.local.LocalProvider;
import io.scalable.provider.local.LocalSettings;
import io.scalable.provider.local.service.config.ProviderLocalConfig;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A provider host on a thread of its own: ticks, and is woken when a worker has ended. */
final class ProviderThread implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ProviderThread.class.getName());
    private static final long TICK_MILLIS = 200;
    private static final long CLOSE_SECONDS = 20;

    private final ScheduledExecutorService thread;
    private final KafkaLaunchLedger ledger;
    private final KafkaLifecycleSink sink;
    private final ProviderHost host;

    private ProviderThread(ProviderLocalConfig config, Map<String, String> kafka) {
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("provider-local").factory());
        this.ledger = new KafkaLaunchLedger(kafka);
        this.sink = new KafkaLifecycleSink(kafka);
        var settings =
                LocalSettings.of(config.workDir(), kafka)
                        .withJvmOptions(config.jvmOptions().orElse(List.of()));
        var provider = new LocalProvider(settings, this::wake);
        this.host =
                new ProviderHost(
                        config.host(), List.of(provider), ledger, sink, InstantSource.system());
    }

    /** Reads the launch ledger to its end, then begins. */
    static ProviderThread start(ProviderLocalConfig config, Map<String, String> kafka) {
        var loop = new ProviderThread(config, kafka);
        var _ =
                loop.thread.scheduleWithFixedDelay(
                        loop::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return loop;
    }

    CompletionStage<Void> submit(Consumer<ProviderHost> work) {
        return CompletableFuture.runAsync(() -> work.accept(host), thread);
    }

    /** Ends all workers and tells so. */
    @Override
    public void close() {
        try {
            thread.execute(host::close);
            thread.shutdown();
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "workers did not end within {0} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledger.close();
        sink.close();
    }

    private void wake() {
        try {
            thread.execute(this::tick);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "a worker ended after the loop", e);
        }
    }

    private void tick() {
        try {
            host.tick();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a pass failed; the next one tries again", e);
        }
    }
}
