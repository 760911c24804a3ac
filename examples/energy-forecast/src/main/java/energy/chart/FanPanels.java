package energy.chart;

import energy.chart.Svg.Spot;
import java.util.List;

/** A page of fans side by side, on one axis so that they compare. */
public final class FanPanels {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;
    private static final int MARGIN = 24;
    private static final int LEFT = 58;
    private static final int RIGHT = 0;
    private static final int TOP = 178;
    private static final int BOTTOM = 78;

    /** Okabe and Ito's colours, told apart with any kind of colour vision. */
    private static final List<String> COLOURS =
            List.of("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00");

    private static final String STYLE =
            """
            text { font-family: 'Source Sans 3', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; fill: #333; stroke: none; }
            .headline { font-size: 25px; font-weight: 700; fill: #111; }
            .subtitle { font-size: 16px; fill: #555; }
            .panel { font-size: 18px; font-weight: 700; fill: #222; }
            .note { font-size: 13px; fill: #666; }
            .tick { font-size: 13px; fill: #666; }
            .middle { text-anchor: middle; }
            .end { text-anchor: end; }
            .era { font-size: 12px; fill: #777; font-style: italic; }
            .value { font-size: 15px; font-weight: 700; fill: #222; }
            .grid { stroke: #e4e4e4; stroke-width: 1; }
            .base { stroke: #888; stroke-width: 1; }
            .today { stroke: #999; stroke-width: 1; stroke-dasharray: 3 3; }
            .observed { stroke: #222; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
            .median { stroke-width: 2.6; stroke-linejoin: round; stroke-linecap: round; }
            .outer { fill-opacity: 0.2; stroke: none; }
            .inner { fill-opacity: 0.32; stroke: none; }
            .plain { stroke: none; }
            """;

    private FanPanels() {}

    /**
     * The page as SVG text.
     *
     * @param title the headline
     * @param subtitle what is shown, with the unit
     * @param source where the data come from
     * @param panels from left to right, at least one
     */
    public static String draw(String title, String subtitle, String source, List<Panel> panels) {
        var svg = new Svg(WIDTH, HEIGHT, title, STYLE);
        svg.rectangle(new Spot(0, 0), WIDTH, HEIGHT, "plain", "#ffffff");
        svg.text(new Spot(MARGIN, 44), "headline", title);
        svg.text(new Spot(MARGIN, 72), "subtitle", subtitle);
        Legend.draw(svg, new Spot(MARGIN, 104));
        svg.text(new Spot(MARGIN, HEIGHT - 18), "note", source);

        var values = values(panels);
        double width = (WIDTH - LEFT - RIGHT) / (double) panels.size();
        for (int i = 0; i < panels.size(); i++) {
            var fan = new Fan(panels.get(i), values, LEFT + i * width, width);
            fan.draw(svg, COLOURS.get(i % COLOURS.size()));
        }
        return svg.finish();
    }

    /** The axis of all panels: TWh, from 0 to a round number. */
    private static Axis values(List<Panel> panels) {
        double most = panels.stream().mapToDouble(Panel::largest).max().orElseThrow() / 1000;
        double half = Axis.niceStep(most, 6) / 2;
        return new Axis(0, Math.ceil(most / half) * half, HEIGHT - BOTTOM, TOP);
    }
}
