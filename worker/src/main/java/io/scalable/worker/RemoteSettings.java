package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.scalable.contracts.Json;
import io.scalable.contracts.storage.Storages;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a remote worker makes of its environment: its settings, with what they name fetched.
 *
 * @param config with a folder and a class path on this machine
 * @param ownFolder the folder that was made for this worker alone; to be deleted when it has left
 */
record RemoteSettings(WorkerConfig config, Optional<Path> ownFolder) {

    private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};

    /**
     * The settings in {@code environment}, with all that they name on this machine.
     *
     * @param temporary where what is fetched goes
     * @throws IOException if a variable is missing or is no JSON, which is told without its value;
     *     or if something cannot be fetched, with its place
     */
    static RemoteSettings of(Map<String, String> environment, Storages storages, Path temporary)
            throws IOException {
        var remote =
                Json.mapper()
                        .readValue(value(environment, RemoteConfig.VARIABLE), RemoteConfig.class);
        Map<String, String> kafka;
        try {
            kafka = Json.mapper().readValue(value(environment, RemoteConfig.KAFKA), PROPERTIES);
        } catch (JsonProcessingException e) {
            throw new IOException(RemoteConfig.KAFKA + " is no JSON object of texts");
        }
        return fetched(remote, remote.config().withKafka(kafka), storages, temporary);
    }

    private static RemoteSettings fetched(
            RemoteConfig remote, WorkerConfig config, Storages storages, Path temporary)
            throws IOException {
        boolean here = remote.files() == null && Files.isDirectory(config.directory());
        if (here && remote.classpath().isEmpty()) {
            return new RemoteSettings(config, Optional.empty());
        }
        var files = new RemoteFiles(storages, RemoteCache.within(temporary));
        List<Path> classpath = new ArrayList<>();
        for (URI jar : remote.classpath()) {
            classpath.add(files.fetch(jar));
        }
        Path folder = here ? config.directory() : folder(remote, config, files);
        return new RemoteSettings(
                config.withFiles(folder, classpath), here ? Optional.empty() : Optional.of(folder));
    }

    private static Path folder(RemoteConfig remote, WorkerConfig config, RemoteFiles files)
            throws IOException {
        URI zip = remote.files();
        if (zip != null) {
            return files.unpacked(zip, config.workerId());
        }
        System.getLogger(RemoteSettings.class.getName())
                .log(
                        Level.WARNING,
                        "the manifest's folder "
                                + config.directory()
                                + " is not on this machine: commands run in an empty one; list what"
                                + " they need in project.files");
        return files.emptyFolder(config.workerId());
    }

    private static String value(Map<String, String> environment, String name) throws IOException {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IOException("the environment variable " + name + " is not set");
        }
        return value;
    }
}
