package io.scalable.cli;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a plan is to achieve, and how boldly: the options of every command that plans. */
class GoalOptions {

    @Option(
            names = "--objective",
            paramLabel = "O",
            converter = ObjectiveConverter.class,
            description =
                    "'minimize cost', 'minimize time' or balance (default: what the target or the"
                            + " start line says, else balance).")
    @Nullable Objective objective;

    @Option(
            names = "--policy",
            paramLabel = "P",
            converter = PolicyConverter.class,
            description =
                    "safe, aggressive or manual (default: the target's, else safe; of decide:"
                            + " aggressive).")
    @Nullable Policy policy;

    static final class ObjectiveConverter implements ITypeConverter<Objective> {
        @Override
        public Objective convert(String value) {
            return Objective.parse(value.replace('-', ' ').replace('_', ' '))
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no objective; choose "
                                                    + Arrays.stream(Objective.values())
                                                            .map(o -> "'" + o.text() + "'")
                                                            .collect(Collectors.joining(", "))));
        }
    }

    static final class PolicyConverter implements ITypeConverter<Policy> {
        @Override
        public Policy convert(String value) {
            return Policy.parse(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no policy; choose "
                                                    + Arrays.stream(Policy.values())
                                                            .map(Policy::text)
                                                            .collect(Collectors.joining(", "))));
        }
    }
}
