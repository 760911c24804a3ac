package io.scalable.cli;

import io.scalable.contracts.deployment.Policy;
import io.scalable.planning.estimate.Economics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The planner as a filter: observations in, decisions out, a line each. */
@Command(
        name = "decide",
        description = {
            "Decide worker counts for observations read from standard input, one JSON object per"
                    + " line: a 'start' line, then 'observe' lines. Each of these is answered by"
                    + " one line on standard output. No broker is started.",
            "The lines are described in docs/decide.md."
        })
final class DecideCommand implements Callable<Integer> {

    @Option(
            names = "--provider-model",
            paramLabel = "M",
            required = true,
            description =
                    "local, slurm, kubernetes, aws, gcp or fargate: what is assumed of starts and"
                            + " prices where the start line says nothing.")
    String provider = "";

    @Mixin GoalOptions goal;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Policy policy = goal.policy == null ? Policy.AGGRESSIVE : goal.policy;
        if (policy == Policy.MANUAL) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the manual policy decides nothing; use safe or aggressive");
        }
        if (!Economics.PROVIDERS.contains(provider)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "unknown provider model '"
                            + provider
                            + "'; choose one of "
                            + String.join(", ", Economics.PROVIDERS));
        }
        var filter = new DecideFilter(Economics.of(provider), goal.objective, policy);
        PrintWriter out = spec.commandLine().getOut();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                answer(filter, line, number, out);
            }
        }
        return 0;
    }

    private static void answer(DecideFilter filter, String line, int number, PrintWriter out) {
        try {
            filter.accept(line)
                    .ifPresent(
                            answer -> {
                                out.print(answer + "\n");
                                out.flush();
                            });
        } catch (IllegalArgumentException e) {
            throw new UserException("line " + number + " of the input: " + e.getMessage());
        }
    }
}
