package io.scalable.client;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is to achieve, and how boldly. What is left out the target decides.
 *
 * @param objective null leaves it to the target
 * @param policy null leaves it to the target
 * @param tasks other numbers of tasks, 0 or more, by the name of the task or of a component with
 *     one task
 * @param expect how long one such task takes, seconds above 0, by the same names; goes before
 *     history
 */
public record PlanOptions(
        @Nullable Objective objective,
        @Nullable Policy policy,
        Map<String, Integer> tasks,
        Map<String, Double> expect) {

    /**
     * @throws IllegalArgumentException if a number or a duration is out of range
     */
    public PlanOptions {
        tasks.forEach((name, n) -> check(n >= 0, name + "=" + n + " tasks: give 0 or more"));
        expect.forEach(
                (name, s) ->
                        check(s > 0, name + " expected to take " + s + " s: give more than 0"));
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    }

    /** All as the target says. */
    public static PlanOptions defaults() {
        return new PlanOptions(null, null, Map.of(), Map.of());
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

    /** For an objective, all else as the target says. */
    public static PlanOptions objective(Objective objective) {
        return defaults().withObjective(objective);
    }

    /** The same for another objective. */
    public PlanOptions withObjective(Objective other) {
        return new PlanOptions(other, policy, tasks, expect);
    }

    /** The same with another policy. */
    public PlanOptions withPolicy(Policy other) {
        return new PlanOptions(objective, other, tasks, expect);
    }

    /** See {@link #objective(String)}. */
    public PlanOptions withObjective(String words) {
        Objective parsed =
                Objective.parse(words)
                        .orElseThrow(() -> unknown("objective", words, Objective.values()));
        return new PlanOptions(parsed, policy, tasks, expect);
    }

    /**
     * The policy in the manifest's words: {@code safe}, {@code aggressive}, {@code manual}.
     *
     * @throws IllegalArgumentException if there is no such policy
     */
    public PlanOptions withPolicy(String word) {
        Policy parsed =
                Policy.parse(word).orElseThrow(() -> unknown("policy", word, Policy.values()));
        return new PlanOptions(objective, parsed, tasks, expect);
    }

    /**
     * The same for another number of tasks.
     *
     * @param name the task's, or that of a component with one task
     * @throws IllegalArgumentException if the number is below 0
     */
    public PlanOptions withTasks(String name, int number) {
        var all = new LinkedHashMap<>(tasks);
        all.put(name, number);
        return new PlanOptions(objective, policy, all, expect);
    }

    /**
     * The same with another duration of one task; it goes before history.
     *
     * @param name the task's, or that of a component with one task
     * @throws IllegalArgumentException if the duration is not above 0
     */
    public PlanOptions withExpect(String name, Duration duration) {
        var all = new LinkedHashMap<>(expect);
        all.put(name, duration.toSeconds() + duration.getNano() / 1e9);
        return new PlanOptions(objective, policy, tasks, all);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
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
