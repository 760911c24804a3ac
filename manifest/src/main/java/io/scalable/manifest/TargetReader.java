package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code targets}.
 *
 * @param components names of the components
 * @param overlays names of the overlays
 */
record TargetReader(Set<String> components, Set<String> overlays) {

    Map<String, Target> read(Section section) {
        Map<String, Target> targets = new LinkedHashMap<>();
        for (Field field : section.entries()) {
            Names.check(field);
            targets.put(field.name(), target(field));
        }
        return targets;
    }

    private Target target(Field field) {
        Section section = field.section();
        String provider = Providers.read(section);
        String overlay = overlay(section);
        boolean local = provider.equals(Providers.LOCAL);
        Integer maxWorkers = LocalOptions.maxWorkers(section, local);
        int slots = LocalOptions.slots(section);
        Double walltime = walltime(section);
        Objective objective =
                word(
                        section.given("objective"),
                        Objective::parse,
                        List.of("minimize cost", "minimize time", "balance"));
        Policy policy =
                word(
                        section.given("policy"),
                        Policy::parse,
                        List.of("safe", "aggressive", "manual"));
        Adaptive adaptive = Adaptive.read(section.section("adaptive"), components, maxWorkers);
        if (local) {
            LocalOptions.check(section);
        }
        return new Target(
                field.name(),
                provider,
                overlay,
                maxWorkers,
                slots,
                adaptive,
                walltime,
                objective,
                policy,
                options(section));
    }

    private @Nullable String overlay(Section section) {
        Field field = section.given("overlay");
        String name = field == null ? null : field.text();
        if (field != null && name != null && !overlays.contains(name)) {
            field.error(
                    "E_UNKNOWN_OVERLAY",
                    "unknown overlay '" + name + "'" + Nearest.hint(name, overlays));
        }
        return name;
    }

    private static @Nullable Double walltime(Section section) {
        Field field = section.given("walltime");
        return field == null ? null : field.duration("E_BAD_WALLTIME");
    }

    private static <T> @Nullable T word(
            @Nullable Field field, Function<String, Optional<T>> parse, List<String> known) {
        String text = field == null ? null : field.text();
        if (field == null || text == null) {
            return null;
        }
        Optional<T> parsed = parse.apply(text);
        if (parsed.isEmpty()) {
            field.error(
                    "E_BAD_VALUE",
                    "unknown " + field.name() + " '" + text + "'" + Nearest.hint(text, known));
        }
        return parsed.orElse(null);
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
