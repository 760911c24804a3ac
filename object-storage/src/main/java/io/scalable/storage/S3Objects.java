package io.scalable.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Calls of S3, each with its own words when it fails. Thread-safe. */
final class S3Objects {

    /** What one part of a large object has; with S3's 10 000 parts that makes 625 GiB. */
    static final int PART_BYTES = 64 << 20;

    private final S3Client client;
    private final int partBytes;

    S3Objects(S3Client client) {
        this(client, PART_BYTES);
    }

    /**
     * @param partBytes above this an object goes up in parts of it; S3 takes none below 5 MiB
     */
    S3Objects(S3Client client, int partBytes) {
        this.client = client;
        this.partBytes = partBytes;
    }

    void put(BucketPlace place, byte[] content) throws IOException {
        put(place, RequestBody.fromBytes(content));
    }

    void put(BucketPlace place, Path file, long bytes) throws IOException {
        if (bytes <= partBytes) {
            put(place, RequestBody.fromFile(file));
            return;
        }
        try {
            new S3Upload(client, place, partBytes).send(file, bytes);
        } catch (SdkException e) {
            throw S3Errors.of("s3:PutObject", place, e);
        }
    }

    byte[] get(BucketPlace place) throws IOException {
        try {
            return client.getObjectAsBytes(request(place)).asByteArrayUnsafe();
        } catch (SdkException e) {
            throw S3Errors.of("s3:GetObject", place, e);
        }
    }

    void get(BucketPlace place, Path file) throws IOException {
        // The client begins anew where a transfer breaks off, but writes over nothing.
        Files.deleteIfExists(file);
        try {
            var unused = client.getObject(request(place), file);
        } catch (SdkException e) {
            throw S3Errors.of("s3:GetObject", place, e);
        }
    }

    boolean exists(BucketPlace place) throws IOException {
        try {
            var unused = client.headObject(r -> r.bucket(place.bucket()).key(place.key()));
            return true;
        } catch (S3Exception e) {
            // 403: who may not list a bucket is not told whether an object is there.
            if (e.statusCode() == 404 || e.statusCode() == 403) {
                return false;
            }
            throw S3Errors.of("s3:GetObject", place, e);
        } catch (SdkException e) {
            throw S3Errors.of("s3:GetObject", place, e);
        }
    }

    /** Deletes objects of the place's bucket, 1000 at most. */
    void delete(BucketPlace place, List<String> keys) throws IOException {
        if (keys.size() == 1) {
            deleteOne(place.sibling(keys.getFirst()));
            return;
        }
        List<ObjectIdentifier> objects =
                keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
        DeleteObjectsResponse answer;
        try {
            answer =
                    client.deleteObjects(
                            r ->
                                    r.bucket(place.bucket())
                                            .delete(d -> d.objects(objects).quiet(true)));
        } catch (SdkException e) {
            throw S3Errors.of("s3:DeleteObject", place, e);
        }
        if (answer.hasErrors() && !answer.errors().isEmpty()) {
            var first = answer.errors().getFirst();
            throw new IOException(
                    "cannot delete "
                            + place.sibling(first.key())
                            + " and "
                            + (answer.errors().size() - 1)
                            + " others: "
                            + first.code()
                            + ": "
                            + first.message());
        }
    }

    void deleteAll(BucketPlace place) throws IOException {
        try {
            for (ListObjectsV2Response page :
                    client.listObjectsV2Paginator(
                            r -> r.bucket(place.bucket()).prefix(place.prefix()))) {
                List<String> keys = page.contents().stream().map(S3Object::key).toList();
                if (!keys.isEmpty()) {
                    delete(place, keys);
                }
            }
        } catch (SdkException e) {
            throw S3Errors.of("s3:ListBucket", place, e);
        }
    }

    private void put(BucketPlace place, RequestBody body) throws IOException {
        try {
            var unused = client.putObject(r -> r.bucket(place.bucket()).key(place.key()), body);
        } catch (SdkException e) {
            throw S3Errors.of("s3:PutObject", place, e);
        }
    }

    private void deleteOne(BucketPlace place) throws IOException {
        try {
            var unused = client.deleteObject(r -> r.bucket(place.bucket()).key(place.key()));
        } catch (SdkException e) {
            throw S3Errors.of("s3:DeleteObject", place, e);
        }
    }

    private static GetObjectRequest request(BucketPlace place) {
        return GetObjectRequest.builder().bucket(place.bucket()).key(place.key()).build();
    }
}
