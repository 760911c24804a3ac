package io.scalable.client.host;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.storage.Storage;
import io.scalable.contracts.storage.Storages;
import io.scalable.manifest.ResolvedManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What workers without a folder in common with this machine need of a project: the components' jars
 * and the project's files, in storage by their content. What is there already is not sent again.
 * {@link #of} only looks; {@link #publish} sends.
 */
public final class RemoteBundle {

    private static final double MEGABYTE = 1e6;

    private final DeploymentSpec deployment;
    private final Map<String, BundlePart> classpath;
    private final @Nullable BundlePart files;

    private RemoteBundle(
            DeploymentSpec deployment,
            Map<String, BundlePart> classpath,
            @Nullable BundlePart files) {
        this.deployment = deployment;
        this.classpath = classpath;
        this.files = files;
    }

    /**
     * What a deployment needs; nothing where its workers see this machine's folders.
     *
     * @param files the manifest's {@code project.files}, relative to the deployment's folder
     * @throws IOException if something is not there; says what to do
     */
    public static RemoteBundle of(DeploymentSpec deployment, List<String> files)
            throws IOException {
        var classpath = new LinkedHashMap<String, BundlePart>();
        if (!HostedProviders.isCloud(deployment.target().provider())) {
            return new RemoteBundle(deployment, classpath, null);
        }
        for (ComponentSpec component : deployment.components()) {
            for (String entry : component.classpath()) {
                if (!entry.contains(":/")) {
                    classpath.put(entry, part(component, entry));
                }
            }
        }
        BundlePart zip =
                files.isEmpty() ? null : BundlePart.ofFiles(Path.of(deployment.directory()), files);
        return new RemoteBundle(deployment, classpath, zip);
    }

    /**
     * Sends what a manifest's deployment needs; the deployment as it is where its workers see this
     * machine's folders.
     *
     * @param progress hears, in words, of what is sent
     * @throws IOException if something is not there, or cannot be sent
     */
    public static DeploymentSpec sent(
            DeploymentSpec deployment,
            ResolvedManifest manifest,
            SharedPlaces places,
            Consumer<String> progress)
            throws IOException {
        if (!HostedProviders.isCloud(deployment.target().provider())) {
            return deployment;
        }
        return of(deployment, manifest.files()).publish(places.bundle(), Storages.here(), progress);
    }

    private static BundlePart part(ComponentSpec component, String entry) throws IOException {
        try {
            return BundlePart.ofClasspath(Path.of(entry));
        } catch (IOException e) {
            throw new IOException(
                    "components." + component.name() + ".classpath: " + FileProblem.describe(e), e);
        }
    }

    /** What would be sent, unless it is there already. */
    public List<BundlePart> parts() {
        var parts = new ArrayList<>(classpath.values());
        if (files != null) {
            parts.add(files);
        }
        return List.copyOf(parts);
    }

    /** The parts in words, one line each; empty where nothing is needed. */
    public List<String> words() throws IOException {
        var words = new ArrayList<String>();
        for (BundlePart part : parts()) {
            words.add(
                    switch (part) {
                        case BundlePart.Whole whole -> whole.file() + megabytes(part.bytes());
                        case BundlePart.Zipped zipped ->
                                zipped.name()
                                        + " of "
                                        + zipped.files().size()
                                        + " files"
                                        + megabytes(part.bytes());
                    });
        }
        return words;
    }

    /**
     * Sends what is not there yet.
     *
     * @param place where bundles lie; ends with a slash
     * @param progress hears, in words, of what is sent
     * @return the deployment, with its class paths and files by their places in storage
     * @throws IOException if something cannot be read or sent
     */
    public DeploymentSpec publish(URI place, Storages storages, Consumer<String> progress)
            throws IOException {
        if (parts().isEmpty()) {
            return deployment;
        }
        Storage storage = storages.of(place);
        Path drafts = Files.createTempDirectory("scalable-bundle-");
        try {
            var sent = new HashMap<String, String>();
            for (Map.Entry<String, BundlePart> entry : classpath.entrySet()) {
                URI there = send(entry.getValue(), place, storage, drafts, progress);
                sent.put(entry.getKey(), there.toString());
            }
            URI zip = files == null ? null : send(files, place, storage, drafts, progress);
            return deployment
                    .withWork(
                            deployment.components().stream().map(c -> moved(c, sent)).toList(),
                            deployment.tasks())
                    .withFiles(zip);
        } finally {
            Files.delete(drafts);
        }
    }

    private static ComponentSpec moved(ComponentSpec component, Map<String, String> sent) {
        return component.withClasspath(
                component.classpath().stream()
                        .map(entry -> sent.getOrDefault(entry, entry))
                        .toList());
    }

    private static URI send(
            BundlePart part, URI place, Storage storage, Path drafts, Consumer<String> progress)
            throws IOException {
        return switch (part) {
            case BundlePart.Whole whole ->
                    send(whole.file(), whole.name(), place, storage, progress);
            case BundlePart.Zipped zipped -> {
                Path draft = drafts.resolve(zipped.name());
                try {
                    StableZip.write(draft, zipped.files());
                    yield send(draft, zipped.name(), place, storage, progress);
                } finally {
                    Files.deleteIfExists(draft);
                }
            }
        };
    }

    private static URI send(
            Path file, String name, URI place, Storage storage, Consumer<String> progress)
            throws IOException {
        URI home = place.resolve(sha256(file) + "/");
        URI target = home.resolve(name);
        if (!storage.exists(target)) {
            progress.accept("sending " + name + megabytes(Files.size(file)) + " to " + place);
            URI unused = storage.put(home, name, file);
        }
        return target;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, " (%.1f MB)", bytes / MEGABYTE);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
