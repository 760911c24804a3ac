package io.scalable.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A large file on its way up, part by part. It appears when the last part is there, or never. */
final class S3Upload {

    private final S3Client client;
    private final BucketPlace place;
    private final int partBytes;

    S3Upload(S3Client client, BucketPlace place, int partBytes) {
        this.client = client;
        this.place = place;
        this.partBytes = partBytes;
    }

    void send(Path file, long bytes) throws IOException {
        String id =
                client.createMultipartUpload(r -> r.bucket(place.bucket()).key(place.key()))
                        .uploadId();
        boolean whole = false;
        try {
            List<CompletedPart> parts = parts(id, file, bytes);
            var unused =
                    client.completeMultipartUpload(
                            r ->
                                    r.bucket(place.bucket())
                                            .key(place.key())
                                            .uploadId(id)
                                            .multipartUpload(m -> m.parts(parts)));
            whole = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!whole) {
                abort(id);
            }
        }
    }

    private List<CompletedPart> parts(String id, Path file, long bytes) {
        var parts = new ArrayList<CompletedPart>();
        for (long from = 0; from < bytes; from += partBytes) {
            int number = parts.size() + 1;
            long length = Math.min(partBytes, bytes - from);
            String tag =
                    client.uploadPart(
                                    r ->
                                            r.bucket(place.bucket())
                                                    .key(place.key())
                                                    .uploadId(id)
                                                    .partNumber(number),
                                    body(file, from, length))
                            .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    /** Read anew by every attempt. */
    private static RequestBody body(Path file, long from, long length) {
        ContentStreamProvider part = () -> open(file, from, length);
        return RequestBody.fromContentProvider(part, length, "application/octet-stream");
    }

    private static InputStream open(Path file, long from, long length) {
        try {
            FileChannel channel = FileChannel.open(file).position(from);
            return new LimitedStream(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parts that nobody completes are invisible, but are paid for. */
    private void abort(String id) {
        try {
            var unused =
                    client.abortMultipartUpload(
                            r -> r.bucket(place.bucket()).key(place.key()).uploadId(id));
        } catch (SdkException e) {
            System.getLogger(S3Upload.class.getName())
                    .log(Level.WARNING, "parts of " + place + " stay behind: " + e.getMessage());
        }
    }
}
