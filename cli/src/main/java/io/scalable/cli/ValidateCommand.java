package io.scalable.cli;

import io.scalable.contracts.Json;
import io.scalable.manifest.LoadedManifest;
import io.scalable.manifest.Manifests;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a manifest and lists all its problems. */
@Command(
        name = "validate",
        description = "Check a manifest; lists every problem with file, line and column.")
final class ValidateCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "scalable.yaml",
            description = "The manifest (default: ./scalable.yaml).")
    Path file;

    @Option(names = "--format", description = "text or json (default: text).")
    Format format = Format.TEXT;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(file)) {
            throw new UserException("no manifest at " + file);
        }
        LoadedManifest loaded = Manifests.load(file.toAbsolutePath().normalize(), System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> {
                var result = new LinkedHashMap<String, Object>();
                result.put("ok", loaded.errors().isEmpty());
                result.put("errors", loaded.errors());
                result.put("warnings", loaded.warnings());
                out.println(Json.mapper().writeValueAsString(result));
            }
            case TEXT -> {
                loaded.problems().forEach(out::println);
                out.println(
                        loaded.errors().isEmpty()
                                ? file + ": valid"
                                : file + ": " + loaded.errors().size() + " error(s)");
            }
        }
        out.flush();
        return loaded.errors().isEmpty() ? 0 : 1;
    }
}
