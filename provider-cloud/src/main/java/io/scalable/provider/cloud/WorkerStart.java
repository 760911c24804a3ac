package io.scalable.provider.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.scalable.contracts.CallerLocale;
import io.scalable.contracts.Json;
import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.shell.PreloadScript;
import io.scalable.provider.worker.WorkerConfigs;
import io.scalable.provider.worker.WorkerJvm;
import io.scalable.worker.RemoteConfig;
import io.scalable.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the main container of a worker is started, wherever it runs. Pure.
 *
 * @param command its words; the first is a program
 * @param environment what it finds in its environment, without secrets. Beside these it needs
 *     {@link RemoteConfig#KAFKA} with {@link #kafka}
 */
public record WorkerStart(List<String> command, Map<String, String> environment) {

    /** The {@code orphan_timeout} of targets that give none. */
    public static final Duration ORPHAN_TIMEOUT = Duration.ofMinutes(10);

    private static final String SHELL = "/bin/sh";

    /** Java takes the encoding of names and arguments from the locale; images rarely set one. */
    private static final String UTF_8 = "C.UTF-8";

    public WorkerStart {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * The start of the worker that {@code order} asks for.
     *
     * @param killedAfter what the platform grants between its signal to end and the kill
     */
    public static WorkerStart of(LaunchOrder order, Duration killedAfter) {
        return of(order, WorkerJvm.MAIN, killedAfter);
    }

    /** The same by another main class, which takes {@link RemoteConfig#ARGUMENT}. */
    public static WorkerStart of(LaunchOrder order, String mainClass, Duration killedAfter) {
        DeploymentSpec deployment = order.deployment();
        ComponentSpec component = order.component();
        var environment = new LinkedHashMap<>(component.env());
        if (environment.putIfAbsent("LC_ALL", UTF_8) == null) {
            environment.put(CallerLocale.VARIABLE, "");
        }
        environment.put(RemoteConfig.VARIABLE, json(config(order, killedAfter)));
        return new WorkerStart(
                command(component, WorkerRuntime.of(deployment.target()), mainClass), environment);
    }

    /**
     * The broker's client properties as the value of {@link RemoteConfig#KAFKA}. It may hold
     * secrets: hand it over as what the cloud keeps secrets in.
     */
    public static String kafka(CloudSettings settings) {
        return json(settings.kafka());
    }

    private static List<String> command(
            ComponentSpec component, WorkerRuntime runtime, String mainClass) {
        List<String> worker =
                WorkerJvm.command(
                        runtime.java(),
                        component,
                        List.of(),
                        runtime.classpath(),
                        mainClass,
                        Path.of(RemoteConfig.ARGUMENT));
        String preload = component.preloadScript();
        if (preload == null) {
            return worker;
        }
        // The script is the user's own shell code; the worker's words are arguments, never text.
        String script = PreloadScript.lines(preload) + "exec \"$@\"";
        var words = new ArrayList<>(List.of(SHELL, "-c", script, "scalable"));
        words.addAll(worker);
        return words;
    }

    private static RemoteConfig config(LaunchOrder order, Duration killedAfter) {
        DeploymentSpec deployment = order.deployment();
        ComponentSpec component = order.component();
        var config =
                new WorkerConfig(
                        deployment.deploymentId(),
                        component.name(),
                        order.workerId(),
                        component.slots(),
                        order.partition(),
                        Map.of(),
                        deployment.storage(),
                        Path.of(deployment.directory()),
                        List.of(),
                        Map.of(),
                        null,
                        orphanTimeout(deployment),
                        WorkerConfigs.grace(killedAfter));
        return new RemoteConfig(
                config,
                component.classpath().stream().map(WorkerStart::location).toList(),
                deployment.files());
    }

    private static URI location(String entry) {
        return entry.contains(":/") ? URI.create(entry) : Path.of(entry).toUri();
    }

    private static Duration orphanTimeout(DeploymentSpec deployment) {
        double seconds =
                Double.parseDouble(
                        deployment
                                .target()
                                .text("orphan_timeout", "" + ORPHAN_TIMEOUT.toSeconds()));
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static String json(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a worker's settings", e);
        }
    }
}
