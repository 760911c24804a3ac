package io.scalable.cli;

import static java.util.stream.Collectors.joining;

import io.scalable.planning.CapacityPlan;
import io.scalable.planning.CapacityPlan.Point;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The choices of a plan as a picture: completion against cost, the chosen one marked. Written as
 * SVG directly: the JVM's chart libraries draw with fonts that servers often don't have.
 */
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
            text { font-family: 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; fill: #444; font-size: 13px; }
            .title { font-size: 20px; font-weight: 700; fill: #111; }
            .chosen { font-weight: 700; fill: #b34a00; }
            .grid { stroke: #e4e4e4; }
            .front { fill: none; stroke: #0072b2; stroke-width: 2; }
            circle { fill: #0072b2; }
            circle.chosen { fill: #d55e00; stroke: #fff; stroke-width: 2; }
            """;

    private final CapacityPlan plan;
    private final Scale cost;
    private final Scale seconds;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter svg;

    private FrontPlot(CapacityPlan plan) throws XMLStreamException {
        this.plan = plan;
        List<Point> points = plan.pareto();
        double dearest = points.stream().mapToDouble(Point::cost).max().orElse(1);
        double slowest = points.stream().mapToDouble(Point::completionSeconds).max().orElse(1);
        cost = Scale.reaching(dearest, LEFT, RIGHT);
        seconds = Scale.reaching(slowest, BOTTOM, TOP);
        svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** An axis from 0 on, in round steps. */
    private record Scale(double step, int from, int to) {

        /** The smallest step of 1, 2 or 5 times a power of ten that reaches {@code most}. */
        static Scale reaching(double most, int from, int to) {
            double least = Math.max(most, 1e-9) / STEPS;
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            double times = least / power;
            double round = times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10;
            return new Scale(round * power, from, to);
        }

        double at(double value) {
            return from + (to - from) * value / (STEPS * step);
        }

        String label(int tick) {
            return BigDecimal.valueOf(tick * step)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /** The picture as SVG text; where no tasks are known it says so. */
    static String of(CapacityPlan plan) {
        try {
            return new FrontPlot(plan).draw();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write SVG to memory", e);
        }
    }

    private String draw() throws XMLStreamException {
        svg.writeStartElement("svg");
        svg.writeAttribute("xmlns", "http://www.w3.org/2000/svg");
        svg.writeAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
        svg.writeStartElement("style");
        svg.writeCharacters(STYLE);
        svg.writeEndElement();
        shape("rect", "width", WIDTH, "height", HEIGHT, "fill", "#fff");
        label(24, 34, "title", "start", "What more workers buy");
        label(
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
            label(WIDTH / 2.0, HEIGHT / 2.0, "", "middle", "No tasks are known.");
        } else {
            axes();
            points();
        }
        svg.writeEndElement();
        svg.writeEndDocument();
        return text + "\n";
    }

    private void axes() throws XMLStreamException {
        for (int tick = 0; tick <= STEPS; tick++) {
            double x = cost.at(tick * cost.step());
            double y = seconds.at(tick * seconds.step());
            shape("line", "class", "grid", "x1", x, "x2", x, "y1", TOP, "y2", BOTTOM);
            shape("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
            label(x, BOTTOM + 20, "", "middle", cost.label(tick));
            label(LEFT - 8, y + 4, "", "end", seconds.label(tick));
        }
        label((LEFT + RIGHT) / 2.0, BOTTOM + 46, "", "middle", "cost, core-hours");
        label(LEFT - 56, TOP - 14, "", "start", "completion, seconds");
    }

    private void points() throws XMLStreamException {
        var path = new StringBuilder();
        for (Point p : plan.pareto()) {
            path.append(round(x(p))).append(',').append(round(y(p))).append(' ');
        }
        shape("polyline", "class", "front", "points", path.toString().trim());
        double labelledX = Double.NEGATIVE_INFINITY;
        double labelledY = 0;
        for (Point p : plan.pareto()) {
            boolean chosen = p.workers().equals(plan.workers());
            String style = chosen ? "chosen" : "";
            shape("circle", "class", style, "cx", x(p), "cy", y(p), "r", chosen ? 8 : 4);
            if (chosen || Math.hypot(x(p) - labelledX, y(p) - labelledY) > ROOM) {
                label(x(p) + 10, y(p) - 10, style, "start", workers(p));
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

    private void shape(String name, Object... attributes) throws XMLStreamException {
        svg.writeEmptyElement(name);
        for (int i = 0; i < attributes.length; i += 2) {
            svg.writeAttribute(attributes[i].toString(), value(attributes[i + 1]));
        }
    }

    private static String value(Object attribute) {
        return attribute instanceof Double d ? round(d) : attribute.toString();
    }

    private static String round(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private void label(double x, double y, String style, String anchor, String words)
            throws XMLStreamException {
        svg.writeStartElement("text");
        svg.writeAttribute("x", round(x));
        svg.writeAttribute("y", round(y));
        svg.writeAttribute("class", style);
        svg.writeAttribute("text-anchor", anchor);
        svg.writeCharacters(words);
        svg.writeEndElement();
    }
}
