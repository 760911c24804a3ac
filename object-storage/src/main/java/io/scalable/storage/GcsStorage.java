package io.scalable.storage;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code gs://bucket/prefix}: Google Cloud Storage, with the application default credentials; or an
 * emulator at {@code STORAGE_EMULATOR_HOST}, without any.
 *
 * <p>This class alone is loaded to ask which schemes there are; the client comes with the first
 * place.
 */
public final class GcsStorage implements Storage {

    private final Map<String, String> environment;
    private final Object lock = new Object();
    private volatile @Nullable GcsObjects objects;

    /** Storage as this process's environment says; for {@link java.util.ServiceLoader}. */
    public GcsStorage() {
        this(System.getenv());
    }

    /**
     * @param environment what may name another server
     */
    GcsStorage(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public boolean serves(URI location) {
        return "gs".equals(location.getScheme());
    }

    @Override
    public URI put(URI base, String name, byte[] content) throws IOException {
        BucketPlace place = BucketPlace.of(base).resolve(name);
        objects(place).put(place, content);
        return place.uri();
    }

    @Override
    public URI put(URI base, String name, Path file) throws IOException {
        BucketPlace place = BucketPlace.of(base).resolve(name);
        objects(place).put(place, file, Storage.size(file));
        return place.uri();
    }

    @Override
    public byte[] get(URI location) throws IOException {
        BucketPlace place = BucketPlace.of(location);
        return objects(place).get(place);
    }

    @Override
    public void get(URI location, Path file) throws IOException {
        BucketPlace place = BucketPlace.of(location);
        objects(place).get(place, file);
    }

    @Override
    public boolean exists(URI location) throws IOException {
        BucketPlace place = BucketPlace.of(location);
        return objects(place).exists(place);
    }

    @Override
    public void delete(URI location) throws IOException {
        BucketPlace place = BucketPlace.of(location);
        objects(place).delete(place);
    }

    @Override
    public void deleteAll(URI base) throws IOException {
        BucketPlace place = BucketPlace.of(base);
        objects(place).deleteAll(place);
    }

    private GcsObjects objects(BucketPlace place) throws IOException {
        GcsObjects known = objects;
        if (known == null) {
            synchronized (lock) {
                known = objects;
                if (known == null) {
                    known = new GcsObjects(client(place));
                    objects = known;
                }
            }
        }
        return known;
    }

    private com.google.api.services.storage.Storage client(BucketPlace place) throws IOException {
        try {
            return GcsClients.create(environment);
        } catch (IOException e) {
            throw GcsErrors.credentials(place, e);
        }
    }
}
