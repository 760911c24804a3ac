package io.scalable.contracts;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serial;

/**
 * Reads JSON trees without losing a digit: whole numbers of any length, and {@link ExactDecimal}
 * for all others. What is no JSON ({@code NaN}) is refused by the parser; one that is lenient makes
 * a text of it.
 */
final class ExactJson extends SimpleModule {

    @Serial private static final long serialVersionUID = 1L;

    ExactJson() {
        super("scalable-exact");
        addDeserializer(JsonNode.class, new Nodes<>(JsonNode.class));
        addDeserializer(ObjectNode.class, new Nodes<>(ObjectNode.class));
        addDeserializer(ArrayNode.class, new Nodes<>(ArrayNode.class));
    }

    /** How deep it may recurse is bounded by the parser's own limit of nesting. */
    private static final class Nodes<T extends JsonNode> extends StdDeserializer<T> {

        @Serial private static final long serialVersionUID = 1L;

        private final Class<T> wanted;

        Nodes(Class<T> wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = read(in, context.getNodeFactory());
            return wanted.isInstance(node)
                    ? wanted.cast(node)
                    : wanted.cast(context.handleUnexpectedToken(wanted, in));
        }

        /** JSON's null is a value of a tree; where another kind is wanted it is none. */
        @Override
        @SuppressWarnings("NullAway") // Jackson's own contract
        public T getNullValue(DeserializationContext context) {
            return wanted == JsonNode.class ? wanted.cast(NullNode.getInstance()) : null;
        }

        private static JsonNode read(JsonParser in, JsonNodeFactory nodes) throws IOException {
            return switch (in.currentToken()) {
                case START_OBJECT -> object(in, nodes);
                case START_ARRAY -> array(in, nodes);
                case VALUE_STRING -> nodes.textNode(in.getText());
                case VALUE_NUMBER_INT -> whole(in, nodes);
                case VALUE_NUMBER_FLOAT -> decimal(in, nodes);
                case VALUE_TRUE -> nodes.booleanNode(true);
                case VALUE_FALSE -> nodes.booleanNode(false);
                case VALUE_EMBEDDED_OBJECT -> nodes.pojoNode(in.getEmbeddedObject());
                default -> nodes.nullNode();
            };
        }

        private static JsonNode object(JsonParser in, JsonNodeFactory nodes) throws IOException {
            ObjectNode object = nodes.objectNode();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                object.set(name, read(in, nodes));
            }
            return object;
        }

        private static JsonNode array(JsonParser in, JsonNodeFactory nodes) throws IOException {
            ArrayNode array = nodes.arrayNode();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                array.add(read(in, nodes));
            }
            return array;
        }

        private static JsonNode decimal(JsonParser in, JsonNodeFactory nodes) throws IOException {
            if (in.isNaN()) {
                return nodes.textNode(in.getText());
            }
            try {
                return new ExactDecimal(in.getText());
            } catch (NumberFormatException e) {
                throw new JsonParseException(in, "a number that nothing can hold", e);
            }
        }

        private static JsonNode whole(JsonParser in, JsonNodeFactory nodes) throws IOException {
            return switch (in.getNumberType()) {
                case INT -> {
                    int value = in.getIntValue();
                    // JSON has a zero that is below nothing.
                    yield value == 0 && in.getText().startsWith("-")
                            ? new ExactDecimal(in.getText())
                            : nodes.numberNode(value);
                }
                case LONG -> nodes.numberNode(in.getLongValue());
                default -> nodes.numberNode(in.getBigIntegerValue());
            };
        }
    }
}
