package io.scalable.simulation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code dev/simulate}: plays seeds and says what broke; exits with 1 if anything did. */
public final class Main {

    private static final int TRACE_LINES = 60;
    private static final int LINE_WIDTH = 260;
    private static final Pattern SUBJECT = Pattern.compile("sim[/-][a-z0-9]+[/-][0-9]+");
    private static final Pattern NOISE = Pattern.compile("pool-demand: |WorkerHeartbeat");
    private static final int TRACED_SEEDS = 3;
    private static final int PROGRESS_SEEDS = 5_000;

    private Main() {}

    public static void main(String[] args) {
        long seeds = 1_000;
        long first = 1;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--seeds" -> seeds = Long.parseLong(args[i + 1]);
                case "--first" -> first = Long.parseLong(args[i + 1]);
                default -> throw new IllegalArgumentException("--seeds N, --first S");
            }
        }
        var simulation = new Simulation();
        for (long seed = first; seed < first + seeds; seed++) {
            int before = simulation.broken().size();
            simulation.play(seed);
            if (simulation.broken().size() > before) {
                print(simulation.broken().getLast(), before < TRACED_SEEDS);
            }
            if ((seed - first + 1) % PROGRESS_SEEDS == 0) {
                System.err.println("so far: " + simulation.summary());
            }
        }
        System.out.println(simulation.summary());
        System.exit(simulation.broken().isEmpty() ? 0 : 1);
    }

    /** Moves of what it is about, and faults. */
    private static boolean mentions(String line, String about) {
        return line.contains(about) || line.matches(".*: [A-Z_]+");
    }

    private static void print(Simulation.Broken broken, boolean withTrace) {
        System.out.println("seed " + broken.seed() + ": " + broken.message());
        if (withTrace) {
            Matcher subject = SUBJECT.matcher(broken.message());
            String about = subject.find() ? subject.group() : "";
            List<String> trace =
                    Simulation.trace(broken.seed()).stream()
                            .filter(line -> mentions(line, about))
                            .filter(line -> !NOISE.matcher(line).find())
                            .toList();
            trace.stream()
                    .skip(Math.max(0, trace.size() - TRACE_LINES))
                    .map(line -> line.substring(0, Math.min(line.length(), LINE_WIDTH)))
                    .forEach(line -> System.out.println("    " + line));
        }
    }
}
