package io.scalable.cli;

import io.scalable.contracts.schema.RecordType;
import io.scalable.contracts.schema.RecordTypes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The JSON Schemas of all records. */
@Command(
        name = "schemas",
        description = "List the schemas of all records, or register them.",
        synopsisSubcommandLabel = "(list | register)")
final class SchemasCommand implements Runnable {

    /** A record type as it is listed. */
    private record Listed(String name, String version, String topic) {}

    @Spec CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "Show every record type with its topic and version.")
    int list() {
        List<Listed> types =
                RecordTypes.all().stream()
                        .map(t -> new Listed(t.name(), String.valueOf(t.version()), t.topic()))
                        .toList();
        Output.of(spec)
                .list(
                        types,
                        new Table<Listed>()
                                .column("RECORD", Listed::name)
                                .column("VERSION", Listed::version)
                                .column("TOPIC", Listed::topic),
                        Listed::name,
                        "no schemas");
        return ExitStatus.OK;
    }

    @Command(
            name = "register",
            description = {
                "Register every schema in an Apicurio Registry, with the rule BACKWARD.",
                "Again is harmless; a schema that breaks its readers is refused."
            })
    int register(
            @Option(
                            names = "--registry",
                            required = true,
                            paramLabel = "URL",
                            description = "The registry, such as http://localhost:8085.")
                    URI url)
            throws IOException, InterruptedException {
        try (var registry = new SchemaRegistry(url)) {
            registry.prepare();
            for (RecordType type : RecordTypes.all()) {
                String unused = registry.register(type.name(), type.version(), type.schema());
            }
        }
        int number = RecordTypes.all().size();
        Output.of(spec)
                .one(
                        List.of(number + " schemas registered at " + url),
                        Map.of("registered", number, "registry", url),
                        "");
        return ExitStatus.OK;
    }
}
