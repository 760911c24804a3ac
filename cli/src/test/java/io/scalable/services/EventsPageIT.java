package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.cli.PackagedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that know nothing of ours submit, follow and cancel tasks: kcat by the commands of
 * docs/events.md, as they stand there, and Python.
 */
@Timeout(240)
class EventsPageIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private static final int PATIENCE_SECONDS = 80;

    @TempDir Path folder;

    private Services services;

    @BeforeEach
    void start() throws IOException {
        services = new Services(folder, Map.of());
        var all =
                List.of(
                        services.start("dispatcher-service"),
                        services.start("planner-service"),
                        services.start("provider-local"));
        for (ServiceProcess service : all) {
            ServiceProcess unused = service.ready();
        }
        String properties =
                services.kafka().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("kafka.properties"), properties);
        Files.writeString(folder.resolve("kcat.conf"), librdkafka());
        // The command as the page has it, told where this test's broker and folder are.
        script(
                "scalable",
                """
                #!/bin/sh
                [ "$1" = deploy ] && set -- "$@" --directory "$PWD"
                exec %s "$@" --kafka-properties kafka.properties
                """
                        .formatted(String.join(" ", PackagedCommand.java())));
    }

    @AfterEach
    void stop() throws Exception {
        services.close();
    }

    @Test
    void thePageDoesWhatItSays() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/events.md"));
        String commands =
                SHELL.matcher(page)
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining("\n"))
                        .replace("localhost:9092", services.kafka().get("bootstrap.servers"));
        Path kcat = Prometheus.program("kcat");
        assertThat(commands).contains("kcat -P").contains("undeploy");

        String said = run("bash", script("page", "set -euo pipefail\nset -x\n" + commands));

        assertThat(said)
                .as("by %s", kcat)
                .contains("deployed words")
                .contains("HELLO")
                .contains("\n20\n")
                .contains("42")
                .contains("\"type\":\"TaskSucceeded\"")
                .contains("changed my mind")
                .contains("taskId is missing")
                .contains("1 dead letter\n")
                .contains("undeployed words");
    }

    @Test
    void aPythonProgramSubmitsAThousandTasks() throws Exception {
        Files.writeString(
                folder.resolve("scalable.yaml"),
                """
                version: 1
                targets:
                  local: {provider: local, max_workers: 2}
                components:
                  text: {cpus: 1, memory: 256M}
                """);
        Path python = Prometheus.program("python3");
        Path example = ROOT.resolve("examples/python");
        run(python.toString(), "-m", "venv", "venv");
        run("venv/bin/pip", "install", "--quiet", "-r", example + "/requirements.txt");
        run("./scalable", "deploy", "--name", "py");

        String said =
                run(
                        "venv/bin/python",
                        example + "/submit.py",
                        services.kafka().get("bootstrap.servers"),
                        "py",
                        "1000",
                        "kcat.conf");

        assertThat(said).contains("1000 tasks, all results right");
        assertThat(run("./scalable", "undeploy", "py")).contains("undeployed py");
    }

    /**
     * The security settings of the test's broker as kcat and Python's client call them; older ones
     * fail at SCRAM.
     */
    private String librdkafka() {
        String jaas = services.kafka().get("sasl.jaas.config");
        var user = Pattern.compile("username=\"?([^\" ;]+)").matcher(jaas);
        var password = Pattern.compile("password=\"?([^\" ;]+)").matcher(jaas);
        assertThat(user.find() && password.find()).isTrue();
        return """
        security.protocol=%s
        sasl.mechanism=PLAIN
        sasl.username=%s
        sasl.password=%s
        """
                .formatted(
                        services.kafka().get("security.protocol"),
                        user.group(1),
                        password.group(1));
    }

    private String script(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "said-", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("KCAT_CONFIG", folder.resolve("kcat.conf").toString());
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("within %d s: %s", PATIENCE_SECONDS, said).isTrue();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
