package io.scalable.manifest;

import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Kind;
import io.scalable.manifest.Yaml.Scalar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * Replaces the variables in all values of a manifest that already has its overlay. Shared parts
 * stay shared. Used once, by one thread.
 */
final class Substitution {

    private static final CoreScalarResolver CORE = new CoreScalarResolver(false);

    private final Variables variables;
    private final Problems problems;
    private final IdentityHashMap<Yaml, Yaml> done = new IdentityHashMap<>();

    private Substitution(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * The view with its variables replaced.
     *
     * @param chosen names of the targets that matter; variables that others lack are no problem
     */
    static Yaml.Fields of(
            Yaml.Fields view, Predicate<String> chosen, Variables variables, Problems problems) {
        var counted = new Substitution(variables, problems);
        var ignored = new Substitution(variables, new Problems(""));
        Map<String, Entry> entries = new LinkedHashMap<>();
        view.entries()
                .forEach(
                        (key, entry) ->
                                entries.put(
                                        key,
                                        key.equals("targets")
                                                ? targets(entry, chosen, counted, ignored)
                                                : counted.entry(entry, "")));
        return new Yaml.Fields(entries, view.at());
    }

    private static Entry targets(
            Entry targets, Predicate<String> chosen, Substitution counted, Substitution ignored) {
        if (!(targets.value() instanceof Yaml.Fields fields)) {
            return counted.entry(targets, "");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        fields.entries()
                .forEach(
                        (name, target) ->
                                entries.put(
                                        name,
                                        (chosen.test(name) ? counted : ignored)
                                                .entry(target, targets.key())));
        return new Entry(targets.key(), targets.at(), new Yaml.Fields(entries, fields.at()));
    }

    private Entry entry(Entry entry, String path) {
        Yaml value = of(entry.value(), Paths.child(path, entry.key()));
        return new Entry(entry.key(), entry.at(), value);
    }

    private Yaml of(Yaml yaml, String path) {
        Yaml before = done.get(yaml);
        if (before != null) {
            return before;
        }
        Yaml replaced =
                switch (yaml) {
                    case Scalar scalar -> scalar(scalar, path);
                    case Yaml.Items items -> items(items, path);
                    case Yaml.Fields fields -> fields(fields, path);
                };
        done.put(yaml, replaced);
        return replaced;
    }

    private Scalar scalar(Scalar scalar, String path) {
        String text = variables.replace(scalar.text(), scalar.at(), path, problems);
        if (text.equals(scalar.text())) {
            return scalar;
        }
        Kind kind =
                scalar.quoted() ? Kind.TEXT : Kind.of(CORE.resolve(text, true)).orElse(Kind.TEXT);
        return new Scalar(kind, text, scalar.quoted(), scalar.at());
    }

    private Yaml.Items items(Yaml.Items items, String path) {
        List<Yaml> values = new ArrayList<>();
        for (Yaml value : items.values()) {
            values.add(of(value, Paths.item(path, values.size())));
        }
        return new Yaml.Items(values, items.at());
    }

    private Yaml.Fields fields(Yaml.Fields fields, String path) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        fields.entries().forEach((key, entry) -> entries.put(key, entry(entry, path)));
        return new Yaml.Fields(entries, fields.at());
    }
}
