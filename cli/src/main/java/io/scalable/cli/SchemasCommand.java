package io.scalable.cli;

import io.scalable.contracts.schema.RecordType;
import io.scalable.contracts.schema.RecordTypes;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
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

    @Spec CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "Show every record type with its topic and version.")
    int list() {
        PrintWriter out = spec.commandLine().getOut();
        for (RecordType type : RecordTypes.all()) {
            out.printf("%-18s %-4s %s%n", type.name(), type.version(), type.topic());
        }
        out.flush();
        return 0;
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
        PrintWriter out = spec.commandLine().getOut();
        out.println(RecordTypes.all().size() + " schemas registered at " + url);
        out.flush();
        return 0;
    }
}
