package io.scalable.contracts.storage;

import java.io.IOException;
import java.net.URI;
import java.util.ServiceLoader;

/** The storages of this process: each is found when it is first asked for, and once. */
final class FoundStorages {

    private static final FileStorage FILES = new FileStorage();

    private FoundStorages() {}

    static Storage of(URI location) throws IOException {
        return FILES.serves(location) ? FILES : Others.ALL.of(location);
    }

    private static final class Others {
        private static final Storages ALL =
                Storages.among(
                        ServiceLoader.load(Storage.class, Storage.class.getClassLoader()).stream()
                                .map(ServiceLoader.Provider::get)
                                .toList());
    }
}
