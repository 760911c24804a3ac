package io.scalable.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which provider host launches the workers of a deployment that is published. Pure: what is known
 * of hosts is what they said of themselves.
 */
sealed interface HostChoice {

    /** The host of the compose stack's service for local workers. */
    String COMPOSE = "provider-local";

    /** Those that services bring along, best first. */
    List<String> USUAL = List.of(Standalone.HOST, COMPOSE);

    /** This host. */
    record Chosen(String host) implements HostChoice {}

    /** None that would do; says why, and what to do. */
    record Refused(String words) implements HostChoice {}

    /**
     * The choice among hosts that live.
     *
     * @param given the host that was asked for; null for whichever does
     * @param provider what it must have
     * @param seen the hosts that live, each with its providers
     */
    static HostChoice of(@Nullable String given, String provider, Map<String, List<String>> seen) {
        if (given != null) {
            return asked(given, provider, seen);
        }
        List<String> able = able(provider, seen);
        Optional<String> usual = USUAL.stream().filter(able::contains).findFirst();
        if (usual.isPresent()) {
            return new Chosen(usual.get());
        }
        return switch (able.size()) {
            case 1 -> new Chosen(able.getFirst());
            case 0 ->
                    new Refused(
                            "no provider host with provider '%s' lives there: %s. %s"
                                    .formatted(provider, described(seen), remedy(provider)));
            default ->
                    new Refused(
                            "several provider hosts have provider '%s': %s; say which with"
                                            .formatted(provider, String.join(", ", able))
                                    + " --provider-host");
        };
    }

    /** True once more hosts would not change the choice. */
    static boolean isClear(
            @Nullable String given, String provider, Map<String, List<String>> seen) {
        return given != null
                ? seen.containsKey(given)
                : !USUAL.stream().filter(able(provider, seen)::contains).toList().isEmpty();
    }

    private static HostChoice asked(String given, String provider, Map<String, List<String>> seen) {
        List<String> providers = seen.get(given);
        if (providers != null && providers.contains(provider)) {
            return new Chosen(given);
        }
        String trouble =
                providers == null
                        ? "nobody serves provider host '%s'; there live: %s"
                                .formatted(given, described(seen))
                        : "provider host '%s' has no provider '%s'; there live: %s"
                                .formatted(given, provider, described(seen));
        return new Refused(trouble + ". " + remedy(provider));
    }

    /** Hosts that last: those of runs and programs end with them. */
    private static List<String> able(String provider, Map<String, List<String>> seen) {
        return lasting(seen).stream()
                .filter(host -> seen.getOrDefault(host, List.of()).contains(provider))
                .toList();
    }

    private static List<String> lasting(Map<String, ?> seen) {
        return new TreeSet<>(seen.keySet())
                .stream()
                        .filter(host -> !host.startsWith("run-") && !host.startsWith("sdk-"))
                        .toList();
    }

    private static String described(Map<String, List<String>> seen) {
        List<String> lasting = lasting(seen);
        return lasting.isEmpty()
                ? "none"
                : lasting.stream()
                        .map(host -> host + " (" + String.join(", ", seen.get(host)) + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String remedy(String provider) {
        String start =
                switch (provider) {
                    case "local" ->
                            "Start one: ./scalable up, dev/up, or scalable provider on the machine"
                                    + " of the workers";
                    case "slurm" ->
                            "Start one, as the user whose jobs they are, where Slurm's commands"
                                    + " are: scalable provider";
                    default -> "Start one where the cloud's credentials are: scalable provider";
                };
        return start + "; or publish all the same with --no-check";
    }
}
