package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code targets}.
 *
 * @param components names of the components
 * @param overlays names of the overlays
 */
record TargetReader(Set<String> components, Set<String> overlays) {

    /** The targets whose names are {@code chosen}; the others are not looked at. */
    Map<String, Target> read(Section section, Predicate<String> chosen) {
        Map<String, Target> targets = new LinkedHashMap<>();
        for (Field field : section.entries()) {
            if (chosen.test(field.name())) {
                Names.check(field);
                targets.put(field.name(), target(field));
            }
        }
        return targets;
    }

    private Target target(Field field) {
        Section common = field.section(TargetKeys.TARGET);
        String word = providerOf(common);
        Optional<Provider> provider = Provider.named(word);
        Section section = provider.map(p -> common.as(p.shape())).orElse(common);
        boolean local = provider.filter(p -> p == Provider.LOCAL).isPresent();
        Integer maxWorkers = TargetOptions.maxWorkers(section, local);
        var target =
                new Target(
                        field.name(),
                        word,
                        overlay(section),
                        maxWorkers,
                        TargetOptions.slots(section),
                        Adaptive.read(section.section("adaptive"), components, maxWorkers),
                        walltime(section),
                        word(section, "objective", Objective::parse),
                        word(section, "policy", Policy::parse),
                        options(section));
        provider.ifPresent(p -> TargetOptions.check(section, p));
        return target;
    }

    /** The target's provider; {@code local} after a problem. */
    private static String providerOf(Section target) {
        String wanted = "one of " + String.join(", ", TargetKeys.PROVIDERS);
        Field field = target.required("provider", wanted);
        String name = field == null ? null : field.text();
        if (field == null || name == null) {
            return "local";
        }
        if (!TargetKeys.PROVIDERS.contains(name)) {
            field.error(
                    Code.E_UNKNOWN_PROVIDER,
                    "unknown provider '" + name + "'" + Nearest.hint(name, TargetKeys.PROVIDERS));
        }
        return name;
    }

    private @Nullable String overlay(Section section) {
        Field field = section.given("overlay");
        String name = field == null ? null : field.text();
        if (field != null && name != null && !overlays.contains(name)) {
            field.error(
                    Code.E_UNKNOWN_OVERLAY,
                    overlays.isEmpty()
                            ? "unknown overlay '" + name + "'; the manifest has no overlays"
                            : "unknown overlay '" + name + "'" + Nearest.hint(name, overlays));
        }
        return name;
    }

    private static @Nullable Double walltime(Section section) {
        Field field = section.given("walltime");
        return field == null ? null : field.duration(Code.E_BAD_WALLTIME);
    }

    /** Null if the word is missing or wrong; {@link TargetOptions} tells of the latter. */
    private static <T> @Nullable T word(
            Section section, String key, Function<String, Optional<T>> parse) {
        return section.given(key) instanceof Field(_, _, _, Yaml.Scalar scalar, _)
                ? parse.apply(scalar.text()).orElse(null)
                : null;
    }

    private static Map<String, JsonNode> options(Section section) {
        Map<String, JsonNode> options = new LinkedHashMap<>();
        for (Field field : section.entries()) {
            if (!field.name().equals("provider") && !field.name().equals("overlay")) {
                options.put(field.name(), YamlJson.of(field.value()));
            }
        }
        return options;
    }
}
