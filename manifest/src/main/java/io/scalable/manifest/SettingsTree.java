package io.scalable.manifest;

import io.scalable.manifest.Settings.Setting;
import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Fields;
import io.scalable.manifest.Yaml.Items;
import io.scalable.manifest.Yaml.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Makes the tree of what is laid over a manifest by hand. Its places have line 0. */
final class SettingsTree {

    private SettingsTree() {}

    static Fields of(Settings settings, Variables variables, Problems problems) {
        Yaml tree = new Fields(Map.of(), new Position(0, 1));
        for (int i = 0; i < settings.all().size(); i++) {
            Setting setting = settings.all().get(i);
            var at = new Position(0, i + 1);
            tree = Overlays.merge(tree, branch(setting, 0, at, variables, problems));
        }
        return (Fields) tree;
    }

    private static Yaml branch(
            Setting setting, int depth, Position at, Variables variables, Problems problems) {
        if (depth == setting.path().size()) {
            return value(setting, at, variables, problems);
        }
        String key = setting.path().get(depth);
        Yaml below = branch(setting, depth + 1, at, variables, problems);
        return new Fields(Map.of(key, new Entry(key, at, below)), at);
    }

    private static Yaml value(
            Setting setting, Position at, Variables variables, Problems problems) {
        if (setting.value().isBlank()) {
            return new Scalar(Yaml.Kind.NULL, "", false, at);
        }
        var own = new Problems("");
        Node node = YamlText.compose(setting.value().getBytes(StandardCharsets.UTF_8), own);
        Yaml value =
                node == null
                        ? new Scalar(Yaml.Kind.NULL, "", false, at)
                        : new YamlTree(variables, own).of(node);
        if (Extent.isBomb(value)) {
            own.add(Code.E_BAD_YAML, "", at, "aliases make the value far too large or deep");
            value = new Scalar(Yaml.Kind.NULL, "", false, at);
        }
        String path = String.join(".", setting.path());
        own.all().forEach(p -> problems.add(Code.valueOf(p.code()), path, at, p.message()));
        return at(value, at);
    }

    private static Yaml at(Yaml yaml, Position at) {
        return switch (yaml) {
            case Scalar s -> new Scalar(s.kind(), s.text(), s.quoted(), at);
            case Items items ->
                    new Items(items.values().stream().map(item -> at(item, at)).toList(), at);
            case Fields fields -> {
                var moved = new LinkedHashMap<String, Entry>();
                fields.entries()
                        .forEach(
                                (key, entry) ->
                                        moved.put(key, new Entry(key, at, at(entry.value(), at))));
                yield new Fields(moved, at);
            }
        };
    }
}
