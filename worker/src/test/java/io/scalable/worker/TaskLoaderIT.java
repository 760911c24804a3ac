package io.scalable.worker;

import static io.scalable.worker.Leases.attempt;
import static io.scalable.worker.Leases.input;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers in a jar of their own, compiled here. */
class TaskLoaderIT {

    private static final String SOURCE =
            """
            package energy;
            public class Forecast {
                static int calls;
                record Item(int year) {}
                @io.scalable.task.Task
                public static int fit(Item item) { return item.year() + calls++; }
                @io.scalable.task.Task
                public static String sees(String name) {
                    try {
                        Class.forName(name);
                        return "yes";
                    } catch (ClassNotFoundException e) {
                        return "no";
                    }
                }
            }
            """;

    /** Compresses badly and is larger than what a stream reads ahead. */
    private static final byte[] DATA =
            new Random(7)
                    .ints(200_000, 0, 128)
                    .mapToObj(i -> "" + (char) i)
                    .collect(joining())
                    .getBytes(US_ASCII);

    @TempDir static Path folder;
    private TaskLoader loader;
    private HandlerLookup lookup;

    @BeforeEach
    void open() throws IOException {
        Path jar = folder.resolve("forecast.jar");
        if (!Files.exists(jar)) {
            compile(jar);
        }
        loader =
                TaskLoader.of(
                        "forecast",
                        List.of(jar, folder.resolve("gone.jar")),
                        TaskLoaderIT.class.getClassLoader());
        lookup = new HandlerLookup(loader, new TaskJson(loader.classes()));
    }

    @AfterEach
    void close() {
        loader.close();
    }

    @Test
    void aHandlerInAJarIsFoundAndCalled() throws Exception {
        assertThat(call("fit", "{\"year\": 2019}")).isEqualTo("2019");
    }

    @Test
    void eachWorkerHasItsOwnCopyOfTheUsersClasses() throws Exception {
        assertThat(call("fit", "{\"year\": 1}")).isEqualTo("1");
        assertThat(call("fit", "{\"year\": 1}")).isEqualTo("2");
    }

    @Test
    void aTaskSeesTheJdkAndTheTaskPackageAlone() throws Exception {
        assertThat(call("sees", "\"java.sql.Timestamp\"")).isEqualTo("yes");
        assertThat(call("sees", "\"io.scalable.task.TaskContext\"")).isEqualTo("yes");
        assertThat(call("sees", "\"io.scalable.worker.Worker\"")).isEqualTo("no");
        assertThat(call("sees", "\"io.scalable.contracts.Json\"")).isEqualTo("no");
        assertThat(call("sees", "\"com.fasterxml.jackson.databind.JsonNode\"")).isEqualTo("no");
        assertThat(call("sees", "\"org.apache.kafka.clients.producer.Producer\"")).isEqualTo("no");
    }

    @Test
    void aWorkerThatLeavesDoesNotTakeTheJarFromOneThatReadsIt() throws Exception {
        var leaving =
                TaskLoader.of(
                        "forecast",
                        List.of(folder.resolve("forecast.jar")),
                        TaskLoaderIT.class.getClassLoader());
        try (var read = leaving.classes().getResourceAsStream("energy/data.bin")) {
            assertThat(read.read()).isNotNegative();
        }

        try (var reading = loader.classes().getResourceAsStream("energy/data.bin")) {
            assertThat(reading.read()).isEqualTo(DATA[0]);
            leaving.close();
            assertThat(reading.readAllBytes()).hasSize(DATA.length - 1);
        }
    }

    @Test
    void aResourceThatIsNotThereIsNull() {
        assertThat(loader.classes().getResourceAsStream("energy/none.bin")).isNull();
    }

    @Test
    void aMissingClassNamesEveryPlaceThatWasSearched() {
        var fault = catchThrowableOfType(TaskFault.class, () -> lookup.find("energy.Nothing::fit"));

        assertThat(fault.failure().message())
                .contains("no class energy.Nothing")
                .contains(folder.resolve("forecast.jar").toString())
                .contains(folder.resolve("gone.jar") + " (missing)");
    }

    private String call(String method, String item) throws TaskFault {
        return lookup.find("energy.Forecast::" + method)
                .call(input(item, "{}"), attempt("t", 1))
                .asText();
    }

    private static void compile(Path jar) throws IOException {
        Path source = Files.writeString(folder.resolve("Forecast.java"), SOURCE);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(status).isZero();
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("energy/Forecast.class", "energy/Forecast$Item.class")) {
                out.putNextEntry(new JarEntry(name));
                out.write(Files.readAllBytes(classes.resolve(name)));
            }
            out.putNextEntry(new JarEntry("energy/data.bin"));
            out.write(DATA);
        }
    }
}
