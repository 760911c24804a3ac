package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

    @TempDir Path folder;

    @Test
    void whatJavaSaysByTheFilesNameAloneIsSaidInWords() {
        assertDescribed(new NoSuchFileException("/x"), "no such file or folder: /x");
        assertDescribed(new AccessDeniedException("/x"), "permission denied: /x");
        assertDescribed(
                new FileSystemException("/x", null, "No space left on device"),
                "No space left on device: /x");
        assertDescribed(new FileSystemException("/x"), "FileSystemException: /x");
    }

    @Test
    void whereTheFileIsNamedAnywayTheReasonStandsAlone() {
        assertThat(FileProblem.reason(new NoSuchFileException("/x")))
                .isEqualTo("no such file or folder");
        assertThat(FileProblem.reason(new FileSystemException("/x", null, "Quota exceeded")))
                .isEqualTo("Quota exceeded");
    }

    @Test
    void anExceptionOfTheFileSystemItselfIsDescribed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try {
            Files.createFile(file.resolve("below"));
        } catch (IOException e) {
            assertDescribed(e, "Not a directory: " + file.resolve("below"));
        }
        try {
            Files.createDirectory(file);
        } catch (IOException e) {
            assertDescribed(e, "it is there already: " + file);
        }
    }

    @Test
    void hostsAndTextAreSaidInWordsAndMessagesStayAsTheyAre() {
        assertDescribed(new UnknownHostException("nowhere"), "unknown host: nowhere");
        assertDescribed(new MalformedInputException(1), "not UTF-8 text");
        assertDescribed(new IOException("the broker is away"), "the broker is away");
        assertDescribed(new IOException(), "IOException");
    }

    @Test
    void anUncheckedOneIsWhatItWrapsUnlessItSaysMore() {
        var cause = new NoSuchFileException("/x");
        assertDescribed(new UncheckedIOException(cause), "no such file or folder: /x");
        assertThat(FileProblem.reason(new UncheckedIOException(cause)))
                .isEqualTo("no such file or folder");
        assertDescribed(new UncheckedIOException("cannot read it", cause), "cannot read it");
    }

    private static void assertDescribed(Exception e, String text) {
        assertThat(FileProblem.describe(e)).isEqualTo(text);
    }
}
