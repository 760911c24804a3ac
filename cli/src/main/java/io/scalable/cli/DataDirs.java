package io.scalable.cli;

import io.scalable.contracts.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Folders of a run that go when it ends. */
final class DataDirs {

    private DataDirs() {}

    /** Deletes {@code folder} and all that is in it. */
    static void delete(Path folder) throws IOException {
        new FileStorage().deleteAll(folder.toUri());
    }
}
