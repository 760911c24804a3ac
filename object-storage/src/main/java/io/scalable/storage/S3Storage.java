package io.scalable.storage;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code s3://bucket/prefix}: Amazon S3, or what speaks its language at {@code AWS_ENDPOINT_URL_S3}
 * or {@code AWS_ENDPOINT_URL}. Region and credentials are those of the SDK's chains: environment,
 * {@code AWS_PROFILE}, a container's or machine's role.
 *
 * <p>This class alone is loaded to ask which schemes there are; the SDK comes with the first place.
 */
public final class S3Storage implements Storage {

    private final Map<String, String> environment;
    private final Object lock = new Object();
    private volatile @Nullable S3Objects objects;

    /** Storage as this process's environment says; for {@link java.util.ServiceLoader}. */
    public S3Storage() {
        this(System.getenv());
    }

    /**
     * @param environment what may name another server
     */
    S3Storage(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public boolean serves(URI location) {
        return "s3".equals(location.getScheme());
    }

    @Override
    public URI put(URI base, String name, byte[] content) throws IOException {
        BucketPlace place = BucketPlace.of(base).resolve(name);
        objects().put(place, content);
        return place.uri();
    }

    @Override
    public URI put(URI base, String name, Path file) throws IOException {
        BucketPlace place = BucketPlace.of(base).resolve(name);
        objects().put(place, file, Storage.size(file));
        return place.uri();
    }

    @Override
    public byte[] get(URI location) throws IOException {
        return objects().get(BucketPlace.of(location));
    }

    @Override
    public void get(URI location, Path file) throws IOException {
        objects().get(BucketPlace.of(location), file);
    }

    @Override
    public boolean exists(URI location) throws IOException {
        return objects().exists(BucketPlace.of(location));
    }

    @Override
    public void delete(URI location) throws IOException {
        BucketPlace place = BucketPlace.of(location);
        objects().delete(place, List.of(place.key()));
    }

    @Override
    public void deleteAll(URI base) throws IOException {
        objects().deleteAll(BucketPlace.of(base));
    }

    private S3Objects objects() {
        S3Objects known = objects;
        if (known == null) {
            synchronized (lock) {
                known = objects;
                if (known == null) {
                    known = new S3Objects(S3Clients.create(environment));
                    objects = known;
                }
            }
        }
        return known;
    }
}
