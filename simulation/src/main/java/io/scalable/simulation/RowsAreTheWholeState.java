package io.scalable.simulation;

import io.scalable.dispatcher.domain.DispatcherMachine;
import io.scalable.dispatcher.domain.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A machine that is built from all rows is the same machine, but for ties in its queues. */
final class RowsAreTheWholeState {

    private RowsAreTheWholeState() {}

    /** Builds the machine again from its rows, and compares. */
    static void check(DispatcherMachine machine, Rules rules) {
        var rebuilt = DispatcherMachine.of(Workload.DEPLOYMENT, rules, machine.rows());
        String one = machine.fingerprint();
        String other = rebuilt.fingerprint();
        if (one.equals(other)) {
            return;
        }
        List<String> before = words(one);
        List<String> after = words(other);
        if (!before.equals(after)) {
            before.removeAll(after);
            throw new BrokenInvariant(
                    RowsAreTheWholeState.class.getSimpleName(), "rows leave out " + before);
        }
    }

    private static List<String> words(String fingerprint) {
        return Arrays.stream(fingerprint.split("\\s+"))
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
