package io.scalable.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number in one of YAML's spellings that JSON has not: {@code 007}, {@code 0x1F}, {@code .5}. Its
 * JSON is the number; its text is what was written.
 */
final class WrittenNumber extends NumericNode {

    @Serial private static final long serialVersionUID = 1L;

    private final BigDecimal value;
    private final boolean whole;
    private final String text;

    /**
     * @param whole true if it is an integer of YAML, false if it has a fraction or an exponent
     */
    WrittenNumber(BigDecimal value, boolean whole, String text) {
        this.value = value;
        this.whole = whole;
        this.text = text;
    }

    @Override
    public JsonToken asToken() {
        return whole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return whole ? JsonParser.NumberType.BIG_INTEGER : JsonParser.NumberType.BIG_DECIMAL;
    }

    @Override
    public boolean isIntegralNumber() {
        return whole;
    }

    @Override
    public boolean isFloatingPointNumber() {
        return !whole;
    }

    @Override
    public Number numberValue() {
        return whole ? value.toBigInteger() : value;
    }

    @Override
    public int intValue() {
        return value.intValue();
    }

    @Override
    public long longValue() {
        return value.longValue();
    }

    @Override
    public double doubleValue() {
        return value.doubleValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return value;
    }

    @Override
    public BigInteger bigIntegerValue() {
        return value.toBigInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return isWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public boolean canConvertToLong() {
        return isWithin(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private boolean isWithin(long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0
                && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** As it was written. */
    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider context) throws IOException {
        out.writeNumber(value.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenNumber number
                && number.value.equals(value)
                && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
