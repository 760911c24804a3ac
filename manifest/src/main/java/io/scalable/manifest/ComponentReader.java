package io.scalable.manifest;

import io.scalable.contracts.Limits;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code components}.
 *
 * @param folder what a relative classpath entry is relative to
 * @param machine what the workers of a local target have in all
 */
record ComponentReader(Path folder, Machine machine) {

    /** Less than this (16 MB) no program runs in: the unit is missing, or another is meant. */
    private static final long ODD_MEMORY = 16_000_000;

    private static final long DEFAULT_MEMORY = 1_000_000_000;

    Map<String, ComponentDefinition> read(Section section) {
        Map<String, ComponentDefinition> components = new LinkedHashMap<>();
        var tags = new TagReader(section.names());
        for (Field field : section.entries()) {
            Names.check(field);
            components.put(field.name(), component(field, tags));
        }
        return components;
    }

    private ComponentDefinition component(Field field, TagReader tags) {
        Section section = field.section(ManifestKeys.COMPONENT);
        Field workers = section.given("workers");
        var component =
                new ComponentDefinition(
                        field.name(),
                        section.text("image"),
                        section.text("runtime"),
                        cpus(section.given("cpus")),
                        memory(section.given("memory")),
                        workers == null
                                ? null
                                : workers.integer(0, Code.E_BAD_VALUE, "a whole number, 0 or more"),
                        tags.read(field.name(), section.given("tags")),
                        env(section.section("env")),
                        MountReader.read(section.section("mounts")),
                        classpath(section.given("classpath")),
                        section.text("preload_script"));
        section.refuseUnknown();
        return component;
    }

    private double cpus(@Nullable Field field) {
        if (field == null) {
            return 1;
        }
        BigDecimal cpus = field.number();
        if (cpus == null || cpus.signum() <= 0) {
            field.wrong(Code.E_BAD_VALUE, "a number above 0");
            return 1;
        }
        machine.checkCpus(field, cpus.doubleValue());
        return cpus.doubleValue();
    }

    private long memory(@Nullable Field field) {
        if (field == null) {
            return DEFAULT_MEMORY;
        }
        String wanted = new Type.Bytes().wanted();
        Long bytes = field.value() instanceof Yaml.Scalar scalar ? Memory.bytes(scalar) : null;
        if (bytes == null) {
            field.wrong(Code.E_BAD_MEMORY, wanted);
        } else if (bytes <= 0) {
            field.wrong(Code.E_NONPOSITIVE_MEMORY, "more than 0 bytes");
        } else {
            checkSize(field, bytes);
        }
        return bytes == null || bytes <= 0 ? DEFAULT_MEMORY : bytes;
    }

    private void checkSize(Field field, long bytes) {
        String text = field.value() instanceof Yaml.Scalar scalar ? scalar.text().strip() : "";
        boolean milli = text.endsWith("m");
        if (milli || bytes < ODD_MEMORY) {
            field.problems()
                    .add(
                            Code.W_ODD_MEMORY,
                            field.path(),
                            field.value().at(),
                            text
                                    + " is read as "
                                    + Memory.spelled(bytes)
                                    + (milli
                                            ? "; write " + text.replace('m', 'M') + " if so"
                                            : "; write 512M or 4G for more"));
        }
        machine.checkMemory(field, bytes);
    }

    /** The environment: each {@code name=value} is one word to the system. */
    private static Map<String, String> env(Section section) {
        Map<String, String> env = texts(section);
        for (Field field : section.entries()) {
            int bytes = SizeCheck.bytes(field.name() + "=" + env.getOrDefault(field.name(), ""));
            if (bytes > Limits.ARGV_WORD_BYTES) {
                SizeCheck.tooLarge(
                        field,
                        "variable " + field.name(),
                        bytes,
                        "bytes",
                        Limits.ARGV_WORD_BYTES,
                        "; put the text into a file");
            }
        }
        return env;
    }

    /** A map of texts; nothing written is the empty text. */
    static Map<String, String> texts(Section section) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Field field : section.entries()) {
            String text = field.value().isNull() ? "" : field.text();
            if (text != null) {
                texts.put(field.name(), text);
            }
        }
        return texts;
    }

    private List<String> classpath(@Nullable Field field) {
        List<String> entries = new ArrayList<>();
        if (field == null) {
            return entries;
        }
        List<Field> items =
                field.value() instanceof Yaml.Scalar
                        ? List.of(field)
                        : field.items(Code.E_BAD_VALUE, "a list of jars and folders");
        for (Field item : items) {
            String text = item.text();
            if (text != null) {
                entries.add(entry(item, text));
            }
        }
        return entries;
    }

    private String entry(Field field, String text) {
        try {
            Path path = folder.resolve(text).normalize();
            if (!Files.exists(path)) {
                field.problems()
                        .add(
                                Code.W_MISSING_CLASSPATH,
                                field.path(),
                                field.value().at(),
                                "there is no " + path + "; build it before you run");
            }
            return path.toString();
        } catch (InvalidPathException e) {
            field.wrong(Code.E_BAD_VALUE, "a path");
            return text;
        }
    }
}
