package io.scalable.worker;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code mem:} storage; counts what is read. */
final class MemoryStorage implements Storage {

    final Map<URI, byte[]> objects = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public boolean serves(URI location) {
        return "mem".equals(location.getScheme());
    }

    @Override
    public URI put(URI base, String name, byte[] content) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        URI place = base.resolve(name);
        objects.put(place, content.clone());
        return place;
    }

    @Override
    public URI put(URI base, String name, Path file) throws IOException {
        return put(base, name, Files.readAllBytes(file));
    }

    @Override
    public byte[] get(URI location) throws IOException {
        reads.incrementAndGet();
        byte[] content = objects.get(location);
        if (content == null) {
            throw new IOException("no such object: " + location);
        }
        return content;
    }

    @Override
    public void get(URI location, Path file) throws IOException {
        Files.write(file, get(location));
    }

    @Override
    public boolean exists(URI location) {
        return objects.containsKey(location);
    }

    @Override
    public void delete(URI location) {
        objects.remove(location);
    }

    @Override
    public void deleteAll(URI base) {
        objects.keySet().removeIf(place -> place.toString().startsWith(base.toString()));
    }
}
