package io.scalable.cli;

import io.scalable.client.host.HostedProviders;
import io.scalable.provider.kafka.ProviderLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Launches workers as the user who calls it: what Slurm wants, and services cannot do. */
@Command(
        name = "provider",
        description = {
            "Launch the workers of deployments that name this host, as processes or Slurm jobs of"
                    + " yours, until Ctrl-C.",
            "Jobs go on without it; started again with the same --id it takes them over."
        })
final class ProviderCommand implements Callable<Integer> {

    @Mixin BrokerOptions brokers;

    @Option(
            names = "--id",
            paramLabel = "H",
            defaultValue = "provider-slurm",
            description =
                    "The host's id, which deploy is given as --provider-host (default:"
                            + " ${DEFAULT-VALUE}).")
    String id;

    @Option(
            names = "--work-dir",
            paramLabel = "D",
            defaultValue = ".scalable/provider",
            description =
                    "Folder for the workers' settings, logs and Java; compute nodes must see it"
                            + " (default: ${DEFAULT-VALUE}).")
    Path workDir;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // Asked first: where no service has made the topics, nobody would want a worker.
        var unused = brokers.deployments().living();
        Path home = workDir.toAbsolutePath().normalize();
        var kafka = brokers.kafka();
        var providers =
                HostedProviders.all(
                        kafka,
                        home,
                        home.resolve("shared"),
                        words -> line(spec.commandLine().getErr(), words));
        var ended = new CountDownLatch(1);
        var lost = new AtomicReference<@Nullable String>();
        var loop = ProviderLoop.start(kafka, id, ProviderLoop.From.BEGINNING, providers);
        loop.onLoss(
                reason -> {
                    lost.set(reason);
                    ended.countDown();
                });
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    loop.close();
                                    ended.countDown();
                                }));
        Output.of(spec)
                .one(
                        List.of(
                                "provider "
                                        + id
                                        + " launches workers; logs are in "
                                        + home.resolve("workers")),
                        Map.of("provider_host", id, "logs", home.resolve("workers").toString()),
                        id);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String reason = lost.get();
        if (reason != null) {
            throw new UserException(
                    reason
                            + "; jobs of before go on, and started again with --id "
                            + id
                            + " it takes them over");
        }
        return 0;
    }

    private static void line(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
