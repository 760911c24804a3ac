package io.scalable.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.manifest.Type.AnyOf;
import io.scalable.manifest.Type.Bytes;
import io.scalable.manifest.Type.Fixed;
import io.scalable.manifest.Type.ListOf;
import io.scalable.manifest.Type.MapOf;
import io.scalable.manifest.Type.OneOrMany;
import io.scalable.manifest.Type.Text;
import io.scalable.manifest.Type.Time;
import io.scalable.manifest.Type.Word;
import java.util.function.BiFunction;

/**
 * A manifest's content, free of how it was spelled: memory is in bytes, durations are in seconds,
 * texts are texts with or without quotes. Keys that are passed on stay as they are.
 */
final class CanonicalContent {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CanonicalContent() {}

    static JsonNode of(Yaml.Fields view) {
        return shaped(view, ManifestKeys.ROOT);
    }

    private static JsonNode of(Yaml value, Type type) {
        return switch (type) {
            case Text _, Word _ ->
                    value instanceof Yaml.Scalar scalar && !scalar.isNull()
                            ? TextNode.valueOf(scalar.text())
                            : YamlJson.of(value);
            case Bytes _ -> {
                Long bytes = value instanceof Yaml.Scalar s ? Memory.bytes(s) : null;
                yield bytes == null ? YamlJson.of(value) : JSON.numberNode(bytes);
            }
            case Time _ -> {
                Double seconds =
                        value instanceof Yaml.Scalar s ? Durations.seconds(s.text()) : null;
                yield seconds == null ? YamlJson.of(value) : JSON.numberNode(seconds);
            }
            case ListOf list ->
                    value instanceof Yaml.Items items
                            ? list(items, list.item())
                            : YamlJson.of(value);
            case OneOrMany many ->
                    value instanceof Yaml.Items items
                            ? list(items, many.item())
                            : JSON.arrayNode().add(of(value, many.item()));
            case MapOf map -> map(value, (_, entry) -> of(entry, map.value()));
            case Fixed fixed -> shaped(value, fixed.shape());
            case AnyOf any -> of(value, Kinds.pick(any, value));
            case Type.Whole _, Type.Decimal _, Type.Flag _, Type.Anything _ -> YamlJson.of(value);
        };
    }

    private static JsonNode shaped(Yaml value, Shape shape) {
        Shape actual = shape == TargetKeys.TARGET ? targetShape(value) : shape;
        return map(
                value,
                (name, entry) -> {
                    Key key = actual.key(name);
                    return key == null ? YamlJson.of(entry) : of(entry, key.type());
                });
    }

    private static Shape targetShape(Yaml target) {
        String word =
                target instanceof Yaml.Fields fields
                                && fields.get("provider") instanceof Yaml.Scalar provider
                        ? provider.text()
                        : "";
        return Provider.named(word).map(Provider::shape).orElse(TargetKeys.TARGET);
    }

    private static ArrayNode list(Yaml.Items items, Type type) {
        ArrayNode array = JSON.arrayNode();
        items.values().forEach(item -> array.add(of(item, type)));
        return array;
    }

    private static JsonNode map(Yaml value, BiFunction<String, Yaml, JsonNode> each) {
        if (!(value instanceof Yaml.Fields fields)) {
            return YamlJson.of(value);
        }
        ObjectNode object = JSON.objectNode();
        fields.entries().forEach((key, entry) -> object.set(key, each.apply(key, entry.value())));
        return object;
    }
}
