package io.scalable.contracts;

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
 * A JSON number with a fraction or an exponent that is written as it was read: {@code 1.10} stays
 * {@code 1.10}, {@code 1e400} is no infinity. Two are equal if they are written the same.
 */
public final class ExactDecimal extends NumericNode {

    @Serial private static final long serialVersionUID = 1L;

    private static final int MOST_DIGITS = 100_000;

    private final String text;
    private final BigDecimal value;

    /**
     * @param text a number as JSON spells it
     * @throws NumberFormatException if it is no number, or its exponent is beyond an int
     */
    public ExactDecimal(String text) {
        this.text = text;
        this.value = new BigDecimal(text);
    }

    @Override
    public JsonToken asToken() {
        return JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return isDouble() ? JsonParser.NumberType.DOUBLE : JsonParser.NumberType.BIG_DECIMAL;
    }

    /** True if a double has exactly this value, as far as decimal digits tell. */
    @Override
    public boolean isDouble() {
        double near = doubleValue();
        return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(value) == 0;
    }

    @Override
    public boolean isFloatingPointNumber() {
        return true;
    }

    @Override
    public boolean isBigDecimal() {
        return !isDouble();
    }

    /** A {@link Double} where that has this value, else the {@link BigDecimal}. */
    @Override
    public Number numberValue() {
        return isDouble() ? (Number) doubleValue() : value;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    /** The nearest double; infinite beyond its range. */
    @Override
    public double doubleValue() {
        return value.doubleValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return value;
    }

    /**
     * Without its fraction.
     *
     * @throws ArithmeticException if it has more than 100,000 digits
     */
    @Override
    public BigInteger bigIntegerValue() {
        if ((long) value.precision() - value.scale() > MOST_DIGITS) {
            throw new ArithmeticException(text + " has too many digits for a whole number");
        }
        return value.toBigInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return doubleValue() >= Integer.MIN_VALUE && doubleValue() <= Integer.MAX_VALUE;
    }

    @Override
    public boolean canConvertToLong() {
        return value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    /** As it was read. */
    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider context) throws IOException {
        out.writeNumber(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactDecimal decimal && decimal.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
