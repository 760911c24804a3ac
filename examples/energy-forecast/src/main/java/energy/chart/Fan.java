package energy.chart;

import energy.chart.Svg.Spot;
import energy.data.Band;
import energy.data.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Draws one panel: axes, bands, lines and the labels at their end. */
final class Fan {

    /** Room to the right of the plot for the labels at the end of the fan. */
    private static final int LABELS = 118;

    private final Panel panel;
    private final Axis values;
    private final Axis years;

    /**
     * A panel on the page.
     *
     * @param values the vertical axis, TWh
     * @param left the panel's left edge, pixels
     * @param width its width, labels included
     */
    Fan(Panel panel, Axis values, double left, double width) {
        this.panel = panel;
        this.values = values;
        this.years =
                new Axis(
                        panel.history().getFirst().year(),
                        panel.lastBand().year(),
                        left,
                        left + width - LABELS);
    }

    void draw(Svg svg, String colour) {
        svg.open(colour);
        titles(svg, colour);
        grid(svg);
        svg.area(between(Band::p5, Band::p95), "outer", colour);
        svg.area(between(Band::p25, Band::p75), "inner", colour);
        today(svg);
        svg.stroke(fan(Band::p50), "median");
        svg.stroke(panel.history().stream().map(this::spot).toList(), "observed");
        svg.dot(spot(panel.lastObserved()), 3.4, "plain", "#222");
        labels(svg, colour);
        svg.close();
    }

    private void titles(Svg svg, String colour) {
        double top = values.end() - 40;
        svg.rectangle(new Spot(years.start(), top - 12), 12, 12, "plain", colour);
        svg.text(new Spot(years.start() + 19, top), "panel", panel.title());
        svg.text(new Spot(years.start(), top + 19), "note", panel.note());
    }

    private void grid(Svg svg) {
        for (double tick : values.ticks(Axis.niceStep(values.high(), 6))) {
            double y = values.pixel(tick);
            svg.line(new Spot(years.start(), y), new Spot(years.end(), y), "grid");
            svg.text(new Spot(years.start() - 8, y + 4), "tick end", whole(tick));
        }
        svg.text(new Spot(years.start() - 8, values.end() - 14), "tick end", "TWh");
        double base = values.start();
        svg.line(new Spot(years.start(), base), new Spot(years.end(), base), "base");
        for (double year : years.ticks(5)) {
            double x = years.pixel(year);
            svg.line(new Spot(x, base), new Spot(x, base + 5), "base");
            svg.text(new Spot(x, base + 20), "tick middle", whole(year));
        }
    }

    /** Where the observed years end. */
    private void today(Svg svg) {
        double x = years.pixel(panel.lastObserved().year());
        svg.line(new Spot(x, values.start()), new Spot(x, values.end()), "today");
        svg.text(new Spot(x - 7, values.end() + 15), "era end", "observed");
        svg.text(new Spot(x + 7, values.end() + 15), "era", "forecast");
    }

    private void labels(Svg svg, String colour) {
        var last = panel.lastBand();
        var end = spot(last.year(), last.p50());
        svg.dot(end, 3.4, "plain", colour);
        svg.text(new Spot(end.x() + 9, end.y() + 1), "value", twh(last.p50()) + " TWh");
        svg.text(
                new Spot(end.x() + 9, end.y() + 18),
                "note",
                twh(last.p5()) + " to " + twh(last.p95()));
    }

    /** A quantile over the years, starting at the last observed point. */
    private List<Spot> fan(ToDoubleFunction<Band> quantile) {
        var ahead = panel.bands().stream().map(b -> spot(b.year(), quantile.applyAsDouble(b)));
        return Stream.concat(Stream.of(spot(panel.lastObserved())), ahead).toList();
    }

    private List<Spot> between(ToDoubleFunction<Band> low, ToDoubleFunction<Band> high) {
        var around = new ArrayList<>(fan(high));
        around.addAll(fan(low).reversed());
        return around;
    }

    private Spot spot(Point point) {
        return spot(point.year(), point.gwh());
    }

    private Spot spot(int year, double gwh) {
        return new Spot(years.pixel(year), values.pixel(gwh / 1000));
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private static String twh(double gwh) {
        return String.format(Locale.ROOT, "%.1f", gwh / 1000);
    }
}
