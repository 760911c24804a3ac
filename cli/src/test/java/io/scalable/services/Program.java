package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.cli.PackagedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are run to their end. */
final class Program {

    private static final int PATIENCE_SECONDS = 90;

    private Program() {}

    /** What the packaged command says; it must end with {@code status}. */
    static String scalable(Path folder, int status, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(PackagedCommand.java());
        command.addAll(arguments);
        return said(folder, status, command);
    }

    /** What {@code command} writes, output and error; it must end with {@code status}. */
    static String said(Path folder, int status, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("said-", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        Files.delete(output);
        assertThat(ended).as(said).isTrue();
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }
}
