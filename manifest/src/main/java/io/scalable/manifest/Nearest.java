package io.scalable.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was meant to be. */
public final class Nearest {

    private Nearest() {}

    /** The closest of {@code known}; empty if none is close enough to be meant. */
    static Optional<String> to(String word, Collection<String> known) {
        int limit = Math.max(1, Math.min(word.length(), 12) / 3);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(word, name)))
                .filter(name -> distance(word, name) <= limit);
    }

    /** At most {@code most} of {@code known}, the closest first, however far they are. */
    public static List<String> closest(String word, Collection<String> known, int most) {
        return known.stream()
                .sorted(Comparator.comparingInt(name -> distance(word, name)))
                .limit(most)
                .toList();
    }

    /** {@code ; did you mean 'x'?} or, without a near one, {@code ; known: a, b}. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse(known.isEmpty() ? "" : "; known: " + String.join(", ", known));
    }

    /**
     * Edits (insert, delete, replace, swap of neighbours) between the two; case and -/_ are free.
     */
    private static int distance(String first, String second) {
        String a = plain(first);
        String b = plain(second);
        if (Math.abs(a.length() - b.length()) > 4) {
            return Integer.MAX_VALUE;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
