package io.scalable.client;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is to achieve, and how boldly. What is left out the target decides.
 *
 * @param objective null leaves it to the target
 * @param policy null leaves it to the target
 */
public record PlanOptions(@Nullable Objective objective, @Nullable Policy policy) {

    /** All as the target says. */
    public static PlanOptions defaults() {
        return new PlanOptions(null, null);
    }

    /**
     * The objective in the manifest's words: {@code minimize cost}, {@code minimize time}, {@code
     * balance}.
     *
     * @throws IllegalArgumentException if there is no such objective
     */
    public static PlanOptions objective(String words) {
        return defaults().withObjective(words);
    }

    /** See {@link #objective(String)}. */
    public PlanOptions withObjective(String words) {
        Objective parsed =
                Objective.parse(words)
                        .orElseThrow(() -> unknown("objective", words, Objective.values()));
        return new PlanOptions(parsed, policy);
    }

    /**
     * The policy in the manifest's words: {@code safe}, {@code aggressive}, {@code manual}.
     *
     * @throws IllegalArgumentException if there is no such policy
     */
    public PlanOptions withPolicy(String word) {
        Policy parsed =
                Policy.parse(word).orElseThrow(() -> unknown("policy", word, Policy.values()));
        return new PlanOptions(objective, parsed);
    }

    private static IllegalArgumentException unknown(String what, String found, Object[] known) {
        String all =
                Arrays.stream(known)
                        .map(PlanOptions::words)
                        .collect(Collectors.joining("', '", "'", "'"));
        return new IllegalArgumentException(
                "unknown " + what + " '" + found + "'; it is one of " + all);
    }

    private static String words(Object value) {
        return value instanceof Objective objective ? objective.text() : ((Policy) value).text();
    }
}
