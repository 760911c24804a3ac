package io.scalable.cli;

import io.scalable.planning.simulation.Change;
import io.scalable.planning.simulation.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * A simulated run as a picture: a panel for each pool with its workers, its demand, and a mark for
 * each decision that changed it.
 */
final class SimulationPlot {

    private static final int WIDTH = 900;
    private static final int LEFT = 70;
    private static final int RIGHT = WIDTH - 74;
    private static final int HEAD = 96;
    private static final int PANEL = 210;
    private static final int ROOF = 44;
    private static final int FLOOR = 172;
    private static final int FOOT = 24;
    private static final int STEPS = 4;
    private static final int TIME_STEPS = 10;

    private static final String STYLE =
            """
            .pool { font-size: 15px; font-weight: 700; fill: #111; }
            .faint { fill: #8a8a8a; }
            .demand { fill: none; stroke: #444; stroke-width: 1.2; }
            .starting { fill: #f6c9a3; }
            .up { fill: #9cc8e3; }
            .more { fill: #d55e00; }
            .less { fill: #0072b2; }
            .axis { stroke: #999; }
            """;

    private final double end;
    private final List<Sample> samples;
    private final List<Change> changes;
    private final PlotAxis time;
    private final Svg svg;

    private SimulationPlot(int pools, double end, List<Sample> samples, List<Change> changes) {
        this.end = end;
        this.samples = samples;
        this.changes = changes;
        time = PlotAxis.reaching(end, TIME_STEPS, LEFT, RIGHT).upTo(end);
        svg = new Svg(WIDTH, HEAD + pools * PANEL + FOOT, STYLE);
    }

    /**
     * The picture as SVG text.
     *
     * @param title its first line
     * @param subtitle its second line
     * @param pools a panel for each, in this order
     * @param end when the run ended, seconds
     */
    static String of(
            String title,
            String subtitle,
            List<String> pools,
            double end,
            List<Sample> samples,
            List<Change> changes) {
        return new SimulationPlot(pools.size(), end, samples, changes).draw(title, subtitle, pools);
    }

    private String draw(String title, String subtitle, List<String> pools) {
        svg.label(24, 34, "title", "start", title);
        svg.label(24, 58, "", "start", subtitle);
        legend();
        int top = HEAD;
        for (String pool : pools) {
            panel(pool, top);
            top += PANEL;
        }
        svg.label((LEFT + RIGHT) / 2.0, top + 10, "", "middle", "time, seconds");
        return svg.end();
    }

    private void legend() {
        swatch("up", 24, "workers up");
        swatch("starting", 136, "workers starting");
        svg.shape("line", "class", "demand", "x1", 276, "x2", 300, "y1", 79, "y2", 79);
        svg.label(307, 84, "", "start", "tasks waiting or running (right scale)");
        mark("more", 562, 74, 84);
        svg.label(571, 84, "", "start", "decision for more");
        mark("less", 702, 84, 74);
        svg.label(711, 84, "", "start", "for fewer");
    }

    private void swatch(String style, int x, String words) {
        svg.shape("rect", "class", style, "x", x, "y", 73, "width", 14, "height", 12);
        svg.label(x + 20, 84, "", "start", words);
    }

    private void panel(String pool, int top) {
        List<Sample> own = samples.stream().filter(s -> s.pool().equals(pool)).toList();
        int roof = top + ROOF;
        int floor = top + FLOOR;
        var workers =
                PlotAxis.counting(most(own, s -> s.ready() + s.starting()), STEPS, floor, roof);
        var demand = PlotAxis.counting(most(own, Sample::demand), STEPS, floor, roof);
        svg.label(LEFT, top + 20, "pool", "start", pool);
        grid(workers, demand, roof, floor);
        area("starting", own, s -> s.ready() + s.starting(), workers);
        area("up", own, Sample::ready, workers);
        line(own, demand);
        svg.shape("line", "class", "axis", "x1", LEFT, "x2", RIGHT, "y1", floor, "y2", floor);
        for (Change change : changes) {
            if (change.pool().equals(pool)) {
                decision(change, roof);
            }
        }
    }

    private void grid(PlotAxis workers, PlotAxis demand, int roof, int floor) {
        for (int tick = 0; tick <= time.steps(); tick++) {
            double x = time.at(tick * time.step());
            svg.shape("line", "class", "grid", "x1", x, "x2", x, "y1", roof, "y2", floor);
            svg.label(x, floor + 18, "", "middle", time.label(tick));
        }
        for (int tick = 0; tick <= workers.steps(); tick++) {
            double y = workers.at(tick * workers.step());
            svg.shape("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
            svg.label(LEFT - 8, y + 4, "", "end", workers.label(tick));
        }
        for (int tick = 0; tick <= demand.steps(); tick++) {
            double y = demand.at(tick * demand.step());
            svg.label(RIGHT + 8, y + 4, "faint", "start", demand.label(tick));
        }
    }

    /** What lies under a count that stays until its next sample. */
    private void area(String style, List<Sample> own, ToIntFunction<Sample> count, PlotAxis axis) {
        svg.shape("path", "class", style, "d", steps(own, count, axis) + "V" + axis.from() + "Z");
    }

    private void line(List<Sample> own, PlotAxis axis) {
        svg.shape("path", "class", "demand", "d", steps(own, Sample::demand, axis));
    }

    private String steps(List<Sample> own, ToIntFunction<Sample> count, PlotAxis axis) {
        var path = new StringBuilder("M").append(LEFT).append(' ').append(axis.from());
        for (Sample sample : own) {
            path.append('H').append(Svg.round(time.at(sample.at())));
            path.append('V').append(Svg.round(axis.at(count.applyAsInt(sample))));
        }
        return path.append('H').append(Svg.round(time.at(end))).toString();
    }

    private void decision(Change change, int roof) {
        boolean more = change.to() > change.from();
        String words =
                String.format(
                        Locale.ROOT,
                        "%.1f s: %d to %d workers",
                        change.at(),
                        change.from(),
                        change.to());
        double x = time.at(change.at());
        svg.explained(
                words,
                "path",
                "class",
                more ? "more" : "less",
                "d",
                more ? triangle(x, roof - 14, roof - 4) : triangle(x, roof - 4, roof - 14));
    }

    private void mark(String style, double x, double tip, double base) {
        svg.shape("path", "class", style, "d", triangle(x, tip, base));
    }

    private static String triangle(double x, double tip, double base) {
        return String.format(Locale.ROOT, "M%.1f %.1fL%.1f %.1fH%.1fZ", x, tip, x + 4, base, x - 4);
    }

    private static int most(List<Sample> own, ToIntFunction<Sample> count) {
        return own.stream().mapToInt(count).max().orElse(0);
    }
}
