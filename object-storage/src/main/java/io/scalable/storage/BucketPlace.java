package io.scalable.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;

/**
 * A place in a bucket.
 *
 * @param scheme {@code s3} or {@code gs}
 * @param bucket its name
 * @param key the object's name, or the start of several; without a slash at either end; may be
 *     empty
 */
record BucketPlace(String scheme, String bucket, String key) {

    /**
     * The place that {@code location} means.
     *
     * @throws IOException if it names no bucket
     */
    static BucketPlace of(URI location) throws IOException {
        // Not the host: a bucket's name may have an underscore, which a host's may not.
        String bucket = location.getAuthority();
        String path = location.getPath();
        if (bucket == null || bucket.isEmpty() || path == null) {
            throw new IOException(
                    location + " names no bucket; write " + location.getScheme() + "://BUCKET/...");
        }
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return new BucketPlace(location.getScheme(), bucket, path.substring(from, to));
    }

    /**
     * The object called {@code name} below this place.
     *
     * @throws IOException if the name is empty or leads elsewhere
     */
    BucketPlace resolve(String name) throws IOException {
        boolean within =
                !name.startsWith("/")
                        && Arrays.stream(name.split("/", -1))
                                .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
        if (!within) {
            throw new IOException("'" + name + "' is no name within " + this);
        }
        return new BucketPlace(scheme, bucket, prefix() + name);
    }

    /** What the names of all objects below this place begin with; empty for the whole bucket. */
    String prefix() {
        return key.isEmpty() ? "" : key + "/";
    }

    /** The place of another object of the bucket. */
    BucketPlace sibling(String otherKey) {
        return new BucketPlace(scheme, bucket, otherKey);
    }

    URI uri() {
        try {
            return new URI(scheme, bucket, "/" + key, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no URI: " + scheme + "://" + bucket + "/" + key, e);
        }
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return scheme + "://" + bucket + "/" + key;
    }
}
