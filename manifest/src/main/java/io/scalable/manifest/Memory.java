package io.scalable.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of memory: {@code 20G} is 20 x 10^9 bytes, {@code 20GiB} 20 x 2^30. */
final class Memory {

    private static final Pattern AMOUNT =
            Pattern.compile("([-+]?[0-9.]+(?:[eE][-+]?[0-9]{1,3})?)\\s*([A-Za-z]*)");

    /** How amounts are written, told without their size. */
    static final Pattern FORM =
            Pattern.compile(
                    "\\s*[+]?[0-9.]+([eE][-+]?[0-9]{1,3})?\\s*([kKmMgGtTpP]([iI]?[bB]?)?|[bB])?\\s*");

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};

    private static final String PREFIXES = "kmgtp";
    private static final Map<String, Long> PLAIN = Map.of("", 1L, "b", 1L);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Memory() {}

    /** The same for a scalar: numbers may be spelled as YAML allows, {@code 0x40000000} too. */
    static @Nullable Long bytes(Yaml.Scalar scalar) {
        BigDecimal number = Numbers.decimal(scalar);
        return bytes(number == null ? scalar.text() : number.toString());
    }

    /** Whole bytes, rounded down, may be 0 or less; null if {@code text} is no amount of memory. */
    static @Nullable Long bytes(String text) {
        var match = AMOUNT.matcher(text.strip());
        if (!match.matches()) {
            return null;
        }
        BigDecimal number = Numbers.decimal(match.group(1));
        Long unit = unit(match.group(2).toLowerCase(Locale.ROOT));
        if (number == null || unit == null) {
            return null;
        }
        BigDecimal bytes = number.multiply(BigDecimal.valueOf(unit));
        return bytes.abs().compareTo(MOST) > 0
                ? null
                : (Long) bytes.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** An amount for people, rounded: {@code 512 MB}. */
    static String spelled(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.95 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.1f", amount).replaceAll("\\.0$", "");
        return number + " " + UNITS[unit];
    }

    private static @Nullable Long unit(String name) {
        if (PLAIN.containsKey(name)) {
            return PLAIN.get(name);
        }
        int power = PREFIXES.indexOf(name.charAt(0)) + 1;
        return switch (name.substring(1)) {
            case String _ when power == 0 -> null;
            case "", "b" -> BigInteger.valueOf(1000).pow(power).longValueExact();
            case "i", "ib" -> 1L << (10 * power);
            default -> null;
        };
    }
}
