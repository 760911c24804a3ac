package io.scalable.client.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.Json;
import io.scalable.contracts.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file with one JSON value, written whole or not at all, for its owner's eyes only where the
 * system can say so.
 *
 * @param path where it lies
 * @param type the value's type
 */
record JsonFile<T>(Path path, Class<T> type) {

    void write(T value) throws IOException {
        byte[] json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        // A temporary file is made with mode 0600 and keeps it when renamed.
        Path part = Files.createTempFile(path.toAbsolutePath().getParent(), ".part-", "");
        try {
            Files.write(part, json);
            Files.move(
                    part,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    T read() throws IOException {
        try {
            return Json.mapper().readValue(Files.readAllBytes(path), type);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file: " + path, e);
        } catch (JsonProcessingException e) {
            throw new IOException(path + " is no valid JSON: " + JsonProblem.describe(e), e);
        }
    }

    boolean exists() {
        return Files.isRegularFile(path);
    }
}
