package io.scalable.cli;

import io.scalable.client.report.ReportJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Standard output of a command, in the format that {@code --format} asks for.
 *
 * @param format how results are printed
 * @param out where
 */
record Output(Format format, PrintWriter out) {

    /** That of the command of {@code spec}. */
    static Output of(CommandSpec spec) {
        return new Output(format(spec), spec.commandLine().getOut());
    }

    private static Format format(CommandSpec spec) {
        return spec.root().userObject() instanceof ScalableCommand root ? root.format : Format.TEXT;
    }

    /** True if people read it. */
    boolean isText() {
        return format == Format.TEXT;
    }

    /**
     * Prints many things: a table, an array, or their names.
     *
     * @param none what people read where there are none
     */
    <T> void list(List<T> things, Table<T> table, Function<T, String> name, String none) {
        switch (format) {
            case TEXT -> {
                if (things.isEmpty()) {
                    out.println(none);
                } else {
                    table.lines(things, Terminal.width()).forEach(out::println);
                }
            }
            case JSON -> out.println(ReportJson.of(things));
            case QUIET -> things.forEach(thing -> out.println(name.apply(thing)));
        }
        out.flush();
    }

    /**
     * Prints one thing.
     *
     * @param text for people
     * @param json for programs
     * @param quiet for shells; nothing where empty
     */
    void one(List<String> text, Object json, String quiet) {
        switch (format) {
            case TEXT -> text.forEach(out::println);
            case JSON -> out.println(ReportJson.of(json));
            case QUIET -> {
                if (!quiet.isEmpty()) {
                    out.println(quiet);
                }
            }
        }
        out.flush();
    }

    /**
     * Prints what was made as a whole.
     *
     * @param text for people, with its last line feed
     * @param json for programs, without
     * @param quiet for shells, with its last line feed; may be empty
     */
    void whole(Supplier<String> text, Supplier<String> json, Supplier<String> quiet) {
        switch (format) {
            case TEXT -> out.print(text.get());
            case JSON -> out.println(json.get());
            case QUIET -> out.print(quiet.get());
        }
        out.flush();
    }
}
