package io.scalable.cli;

import io.scalable.contracts.storage.FileStorage;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Folders of a run that go when it ends. */
final class DataDirs {

    /** How often a folder is looked through while somebody still writes into it. */
    private static final int LOOKS = 20;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private DataDirs() {}

    /**
     * Deletes {@code folder} and all that is in it, also what a broker or service that was left
     * writes meanwhile.
     */
    static void delete(Path folder) throws IOException {
        for (int look = 1; ; look++) {
            try {
                new FileStorage().deleteAll(folder.toUri());
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                if (look == LOOKS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }
}
