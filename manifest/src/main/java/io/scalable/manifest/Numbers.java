package io.scalable.manifest;

import io.scalable.manifest.Yaml.Kind;
import io.scalable.manifest.Yaml.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of YAML 1.2's core schema, read exactly, and their one canonical spelling. */
final class Numbers {

    /** Longer ones are refused: they are no quantities, and reading them takes long. */
    private static final int LONGEST = 64;

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+");
    private static final int PLAIN_DIGITS = 21;

    private Numbers() {}

    static boolean looksLikeInteger(String text) {
        return INTEGER.matcher(text).matches();
    }

    /**
     * The exact value; null for what is no number, {@code .inf}, {@code .nan}, and for monsters.
     */
    static @Nullable BigDecimal decimal(Scalar scalar) {
        return scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.FLOAT
                ? decimal(scalar.text())
                : null;
    }

    static @Nullable BigDecimal decimal(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.matches("0x[0-9a-fA-F]+")) {
            return new BigDecimal(new BigInteger(text.substring(2), 16));
        }
        if (text.matches("0o[0-7]+")) {
            return new BigDecimal(new BigInteger(text.substring(2), 8));
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** The shortest plain spelling: {@code 1.0} and {@code 1} are both {@code 1}. */
    static String canonical(BigDecimal number) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        boolean plain =
                Math.abs(stripped.scale()) <= PLAIN_DIGITS && stripped.precision() <= LONGEST;
        return plain ? stripped.toPlainString() : stripped.toString();
    }
}
