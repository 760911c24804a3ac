package energy.chart;

import energy.chart.Svg.Spot;

/** Says what line and shades mean, in grey: each panel has its own colour. */
final class Legend {

    private static final String GREY = "#666666";
    private static final int SAMPLE = 28;

    private Legend() {}

    static void draw(Svg svg, Spot at) {
        svg.open(GREY);
        double y = at.y() - 5;
        double x = at.x();
        svg.line(new Spot(x, y), new Spot(x + SAMPLE, y), "observed");
        x = label(svg, x, at.y(), "observed", 66);
        svg.line(new Spot(x, y), new Spot(x + SAMPLE, y), "median");
        x = label(svg, x, at.y(), "median of the scenarios", 152);
        svg.rectangle(new Spot(x, y - 7), SAMPLE, 14, "outer", GREY);
        svg.rectangle(new Spot(x, y - 7), SAMPLE, 14, "inner", GREY);
        x = label(svg, x, at.y(), "middle half (25 to 75 %)", 156);
        svg.rectangle(new Spot(x, y - 7), SAMPLE, 14, "outer", GREY);
        label(svg, x, at.y(), "9 of 10 (5 to 95 %)", 0);
        svg.close();
    }

    private static double label(Svg svg, double x, double y, String text, double width) {
        svg.text(new Spot(x + SAMPLE + 8, y), "tick", text);
        return x + SAMPLE + 8 + width + 18;
    }
}
