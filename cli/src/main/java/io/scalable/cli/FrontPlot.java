package io.scalable.cli;

import static java.util.stream.Collectors.joining;

import io.scalable.planning.CapacityPlan;
import io.scalable.planning.CapacityPlan.Point;
import java.util.List;

/** The choices of a plan as a picture: completion against cost, the chosen one marked. */
final class FrontPlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 480;
    private static final int LEFT = 80;
    private static final int RIGHT = WIDTH - 40;
    private static final int TOP = 116;
    private static final int BOTTOM = HEIGHT - 70;
    private static final int STEPS = 5;

    /** Labels that are nearer to each other are left out, pixels. */
    private static final double ROOM = 46;

    private static final String STYLE =
            """
            .chosen { font-weight: 700; fill: #b34a00; }
            .front { fill: none; stroke: #0072b2; stroke-width: 2; }
            circle { fill: #0072b2; }
            circle.chosen { fill: #d55e00; stroke: #fff; stroke-width: 2; }
            """;

    private final CapacityPlan plan;
    private final PlotAxis cost;
    private final PlotAxis seconds;
    private final Svg svg = new Svg(WIDTH, HEIGHT, STYLE);

    private FrontPlot(CapacityPlan plan) {
        this.plan = plan;
        List<Point> points = plan.pareto();
        double dearest = points.stream().mapToDouble(Point::cost).max().orElse(1);
        double slowest = points.stream().mapToDouble(Point::completionSeconds).max().orElse(1);
        cost = PlotAxis.reaching(dearest, STEPS, LEFT, RIGHT);
        seconds = PlotAxis.reaching(slowest, STEPS, BOTTOM, TOP);
    }

    /** The picture as SVG text; where no tasks are known it says so. */
    static String of(CapacityPlan plan) {
        return new FrontPlot(plan).draw();
    }

    private String draw() {
        svg.label(24, 34, "title", "start", "What more workers buy");
        svg.label(
                24,
                58,
                "",
                "start",
                String.format(
                        "Target %s, objective %s, policy %s. Workers of %s.",
                        plan.target(),
                        plan.objective().text(),
                        plan.policy().text(),
                        String.join("+", plan.workers().keySet())));
        if (plan.pareto().isEmpty()) {
            svg.label(WIDTH / 2.0, HEIGHT / 2.0, "", "middle", "No tasks are known.");
        } else {
            axes();
            points();
        }
        return svg.end();
    }

    private void axes() {
        for (int tick = 0; tick <= STEPS; tick++) {
            double x = cost.at(tick * cost.step());
            double y = seconds.at(tick * seconds.step());
            svg.shape("line", "class", "grid", "x1", x, "x2", x, "y1", TOP, "y2", BOTTOM);
            svg.shape("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
            svg.label(x, BOTTOM + 20, "", "middle", cost.label(tick));
            svg.label(LEFT - 8, y + 4, "", "end", seconds.label(tick));
        }
        String currency = plan.cost().currency();
        String unit = "cost, " + (currency == null ? "core-hours" : currency);
        svg.label((LEFT + RIGHT) / 2.0, BOTTOM + 46, "", "middle", unit);
        svg.label(LEFT - 56, TOP - 14, "", "start", "completion, seconds");
    }

    private void points() {
        var path = new StringBuilder();
        for (Point p : plan.pareto()) {
            path.append(Svg.round(x(p))).append(',').append(Svg.round(y(p))).append(' ');
        }
        svg.shape("polyline", "class", "front", "points", path.toString().trim());
        double labelledX = Double.NEGATIVE_INFINITY;
        double labelledY = 0;
        for (Point p : plan.pareto()) {
            boolean chosen = p.workers().equals(plan.workers());
            String style = chosen ? "chosen" : "";
            svg.shape("circle", "class", style, "cx", x(p), "cy", y(p), "r", chosen ? 8 : 4);
            if (chosen || Math.hypot(x(p) - labelledX, y(p) - labelledY) > ROOM) {
                svg.label(x(p) + 10, y(p) - 10, style, "start", workers(p));
                labelledX = x(p);
                labelledY = y(p);
            }
        }
    }

    private double x(Point point) {
        return cost.at(point.cost());
    }

    private double y(Point point) {
        return seconds.at(point.completionSeconds());
    }

    /** Pools in manifest order, such as {@code 8+2}. */
    private static String workers(Point point) {
        return point.workers().values().stream().map(String::valueOf).collect(joining("+"));
    }
}
