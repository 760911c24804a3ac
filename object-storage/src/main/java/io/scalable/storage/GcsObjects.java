package io.scalable.storage;

import com.google.api.client.http.AbstractInputStreamContent;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.FileContent;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls of Google Cloud Storage, each with its own words when it fails. Thread-safe. */
final class GcsObjects {

    private static final String TYPE = "application/octet-stream";

    /** Up to here an object goes up in one request; above, in chunks that can be sent again. */
    private static final long DIRECT_BYTES = 8 << 20;

    private static final int DELETING = 8;

    private final Storage client;

    GcsObjects(Storage client) {
        this.client = client;
    }

    void put(BucketPlace place, byte[] content) throws IOException {
        put(place, new ByteArrayContent(TYPE, content), content.length);
    }

    void put(BucketPlace place, Path file, long bytes) throws IOException {
        put(place, new FileContent(TYPE, file.toFile()), bytes);
    }

    byte[] get(BucketPlace place) throws IOException {
        var content = new ByteArrayOutputStream();
        get(place, content);
        return content.toByteArray();
    }

    void get(BucketPlace place, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            get(place, out);
        }
    }

    boolean exists(BucketPlace place) throws IOException {
        try {
            var unused =
                    client.objects().get(place.bucket(), place.key()).setFields("name").execute();
            return true;
        } catch (HttpResponseException e) {
            // 403: who may not look is told nothing.
            if (e.getStatusCode() == 404 || e.getStatusCode() == 403) {
                return false;
            }
            throw GcsErrors.of("storage.objects.get", place, e);
        } catch (IOException e) {
            throw GcsErrors.of("storage.objects.get", place, e);
        }
    }

    void delete(BucketPlace place) throws IOException {
        try {
            client.objects().delete(place.bucket(), place.key()).execute();
        } catch (IOException e) {
            if (!(e instanceof HttpResponseException answer && GcsErrors.noObject(answer))) {
                throw GcsErrors.of("storage.objects.delete", place, e);
            }
        }
    }

    /** Several at a time: each is a call of its own. */
    void deleteAll(BucketPlace place) throws IOException {
        List<String> keys = list(place);
        try (var threads = Executors.newFixedThreadPool(DELETING)) {
            List<Future<Void>> all =
                    keys.stream().map(key -> threads.submit(deleting(place.sibling(key)))).toList();
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known
                    ? known
                    : new IOException("cannot delete all of " + place, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while deleting all of " + place);
        }
    }

    private Callable<Void> deleting(BucketPlace place) {
        return () -> {
            delete(place);
            return null;
        };
    }

    private List<String> list(BucketPlace place) throws IOException {
        var keys = new ArrayList<String>();
        String page = null;
        try {
            do {
                Objects answer =
                        client.objects()
                                .list(place.bucket())
                                .setPrefix(place.prefix())
                                .setFields("items/name,nextPageToken")
                                .setPageToken(page)
                                .execute();
                if (answer.getItems() != null) {
                    answer.getItems().forEach(item -> keys.add(item.getName()));
                }
                page = answer.getNextPageToken();
            } while (page != null);
        } catch (IOException e) {
            throw GcsErrors.of("storage.objects.list", place, e);
        }
        return keys;
    }

    private void put(BucketPlace place, AbstractInputStreamContent content, long bytes)
            throws IOException {
        try {
            var insert =
                    client.objects()
                            .insert(
                                    place.bucket(),
                                    new StorageObject().setName(place.key()),
                                    content);
            insert.setFields("name").setDisableGZipContent(true);
            insert.getMediaHttpUploader().setDirectUploadEnabled(bytes <= DIRECT_BYTES);
            var unused = insert.execute();
        } catch (IOException e) {
            throw GcsErrors.of("storage.objects.create", place, e);
        }
    }

    private void get(BucketPlace place, OutputStream out) throws IOException {
        try {
            var get = client.objects().get(place.bucket(), place.key());
            get.getMediaHttpDownloader().setDirectDownloadEnabled(true);
            get.executeMediaAndDownloadTo(out);
        } catch (IOException e) {
            throw GcsErrors.of("storage.objects.get", place, e);
        }
    }
}
