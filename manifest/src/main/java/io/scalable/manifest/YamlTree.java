package io.scalable.manifest;

import io.scalable.manifest.Yaml.Entry;
import io.scalable.manifest.Yaml.Kind;
import io.scalable.manifest.Yaml.Scalar;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Makes the {@link Yaml} tree of a document: variables of keys replaced, duplicate keys and values
 * that contain themselves refused. Aliased parts are made once and shared. Used once, by one
 * thread.
 */
final class YamlTree {

    private final Variables variables;
    private final Problems problems;
    private final IdentityHashMap<Node, @Nullable Yaml> made = new IdentityHashMap<>();

    YamlTree(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    Yaml of(Node root) {
        return make(root, "");
    }

    private Yaml make(Node node, String path) {
        if (made.containsKey(node)) {
            Yaml known = made.get(node);
            return known == null ? refuse(node, path, "a value cannot contain itself") : known;
        }
        made.put(node, null);
        Yaml yaml =
                switch (node) {
                    case ScalarNode scalar -> scalar(scalar, path);
                    case SequenceNode list when list.getTag().equals(Tag.SEQ) -> items(list, path);
                    case MappingNode map when map.getTag().equals(Tag.MAP) -> fields(map, path);
                    default -> refuse(node, path, "unknown tag " + node.getTag().getValue());
                };
        made.put(node, yaml);
        return yaml;
    }

    private Yaml scalar(ScalarNode node, String path) {
        return kind(node.getTag())
                .<Yaml>map(kind -> new Scalar(kind, node.getValue(), !node.isPlain(), at(node)))
                .orElseGet(() -> refuse(node, path, "unknown tag " + node.getTag().getValue()));
    }

    /** The parser gives a plain {@code ${VAR}} a tag of its own; it is a text until replaced. */
    private static Optional<Kind> kind(Tag tag) {
        return tag.equals(Tag.ENV_TAG) ? Optional.of(Kind.TEXT) : Kind.of(tag);
    }

    private Yaml items(SequenceNode node, String path) {
        List<Yaml> values = new ArrayList<>();
        for (Node child : node.getValue()) {
            values.add(make(child, Paths.item(path, values.size())));
        }
        return new Yaml.Items(values, at(node));
    }

    private Yaml fields(MappingNode node, String path) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(Code.E_BAD_YAML, path, at(tuple.getKeyNode()), "a key must be a word");
                continue;
            }
            String key = variables.replace(keyNode.getValue(), at(keyNode), path, problems);
            String childPath = Paths.child(path, key);
            Entry entry = new Entry(key, at(keyNode), make(tuple.getValueNode(), childPath));
            Entry first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        Code.E_DUPLICATE_KEY,
                        childPath,
                        entry.at(),
                        "'" + key + "' is written twice; the first is at " + first.at());
            }
        }
        return new Yaml.Fields(entries, at(node));
    }

    private Yaml refuse(Node node, String path, String message) {
        problems.unreadable(Code.E_BAD_YAML, path, at(node), message);
        return new Scalar(Kind.NULL, "", false, at(node));
    }

    private static Position at(Node node) {
        return node.getStartMark().map(Position::of).orElse(Position.START);
    }
}
