package io.scalable.cli;

import java.math.BigInteger;
import java.util.Comparator;

/** The order of task ids for people: {@code fit/2} before {@code fit/10}. */
final class TaskIdOrder implements Comparator<String> {

    @Override
    public int compare(String one, String other) {
        int first = digits(one);
        int second = digits(other);
        int names = one.substring(0, first).compareTo(other.substring(0, second));
        if (names != 0) {
            return names;
        }
        int numbers = number(one, first).compareTo(number(other, second));
        return numbers != 0 ? numbers : one.compareTo(other);
    }

    /** Where the digits at the end begin. */
    private static int digits(String id) {
        int at = id.length();
        while (at > 0 && id.charAt(at - 1) >= '0' && id.charAt(at - 1) <= '9') {
            at--;
        }
        return at;
    }

    private static BigInteger number(String id, int from) {
        return from == id.length() ? BigInteger.ONE.negate() : new BigInteger(id.substring(from));
    }
}
