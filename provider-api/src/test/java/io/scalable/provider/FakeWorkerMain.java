package io.scalable.provider;

import io.scalable.contracts.Json;
import io.scalable.provider.worker.WorkerFiles;
import io.scalable.worker.WorkerConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A worker process without a broker: it behaves as its component's name says, see {@link
 * ProviderStage}.
 */
public final class FakeWorkerMain {

    private FakeWorkerMain() {}

    public static void main(String[] args) throws Exception {
        File file = new File(args[0]);
        WorkerConfig config = Json.mapper().readValue(file, WorkerConfig.class);
        System.out.println("this is " + config.workerId());
        var files = WorkerFiles.in(file.toPath().getParent().getParent(), config.workerId());
        switch (config.component()) {
            case ProviderStage.BROKEN -> System.exit(1);
            case ProviderStage.SLOW -> {}
            case ProviderStage.STUBBORN -> {
                Runtime.getRuntime().addShutdownHook(new Thread(FakeWorkerMain::never));
                Files.createFile(files.ready());
            }
            default -> Files.createFile(files.ready());
        }
        leaveWhenTold(leaveFile(files.config()));
        if (Boolean.getBoolean("scalable.worker.ends-with-stdin")) {
            endWithParent();
        } else {
            never();
        }
    }

    /** Whoever makes this file tells the worker to leave. */
    public static Path leaveFile(Path config) {
        return config.resolveSibling(config.getFileName() + ".leave");
    }

    private static void leaveWhenTold(Path told) {
        var watch = Executors.newSingleThreadScheduledExecutor();
        watch.scheduleAtFixedRate(
                () -> {
                    if (Files.exists(told)) {
                        System.exit(0);
                    }
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
    }

    private static void endWithParent() throws IOException {
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(3);
    }

    private static void never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
