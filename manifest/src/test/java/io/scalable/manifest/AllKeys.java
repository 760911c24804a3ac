package io.scalable.manifest;

import java.util.stream.Collectors;

/** A manifest with every key there is, each with its own example as the value. */
final class AllKeys {

    static final String YAML = yaml();

    private AllKeys() {}

    private static String yaml() {
        var yaml =
                new StringBuilder(
                        "version: 1\nproject:\n" + keys(ManifestKeys.PROJECT, 2, "files"));
        yaml.append("targets:\n");
        for (Provider provider : Provider.values()) {
            Shape shape = provider.shape();
            yaml.append("  ").append(provider.word()).append(":\n    provider: ");
            yaml.append(provider.word()).append("\n").append(keys(shape, 4, "provider"));
        }
        yaml.append("components:\n  post: {}\n  model:\n").append(keys(component(), 4));
        yaml.append("tasks:\n  fit: {component: model, foreach: [{source: wind}]}\n  all:\n");
        yaml.append(keys(ManifestKeys.TASK, 4, "handler", "command", "result", "foreach"));
        yaml.append("    foreach: [{source: wind}]\n");
        for (Key key : ManifestKeys.FOREACH.keys().values()) {
            boolean file = key.name().equals("glob") || key.name().equals("lines");
            if (!file) {
                yaml.append(
                        "  each-%s: {component: model, foreach: {%s: %s}}\n"
                                .formatted(key.name(), key.name(), key.example()));
            }
        }
        return yaml.append("overlays:\n  large: {components: {model: {memory: 64G}}}\n").toString();
    }

    /** Without the file that is not there. */
    private static Shape component() {
        Key[] keys =
                ManifestKeys.COMPONENT.keys().values().stream()
                        .filter(key -> !key.name().equals("classpath"))
                        .toArray(Key[]::new);
        return Shape.of("component", keys);
    }

    private static String keys(Shape shape, int indent, String... without) {
        return shape.keys().values().stream()
                .filter(key -> !java.util.List.of(without).contains(key.name()))
                .map(key -> " ".repeat(indent) + key.name() + ": " + key.example() + "\n")
                .collect(Collectors.joining());
    }
}
