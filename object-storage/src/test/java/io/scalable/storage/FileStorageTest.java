package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.storage.FileStorage;
import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileStorageTest extends StorageContract {

    @Override
    Storage storage() {
        return new FileStorage();
    }

    @Override
    URI root() {
        return URI.create(folder.resolve("storage").toUri() + "/");
    }

    @Override
    URI unreachable() {
        try {
            Path file = folder.resolve("file");
            return Files.writeString(file, "in the way").resolve("below").toUri();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFolderThatIsNotThereIsMadeAndLeftEmpty() throws IOException {
        Path place = folder.resolve("new/storage");

        storage().check(place.toUri());

        assertThat(place).isEmptyDirectory();
    }
}
