package io.scalable.telemetry.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2HistoryIT extends HistoryStoreContract {

    @TempDir Path folder;

    @Override
    Database open() {
        return Database.open("jdbc:h2:file:" + folder.resolve("history"), null, null);
    }
}
