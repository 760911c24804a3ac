package energy.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes SVG, element by element. Not thread-safe. */
final class Svg {

    /** A place in pixels, from the top left. */
    record Spot(double x, double y) {}

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height, String title, String style) {
        out.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <style>
                %4$s</style>
                """
                        .formatted(width, height, escape(title), style));
    }

    void text(Spot at, String cssClass, String text) {
        out.append(
                "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
                        .formatted(cssClass, number(at.x()), number(at.y()), escape(text)));
    }

    void line(Spot from, Spot to, String cssClass) {
        path(List.of(from, to), cssClass, "none", false);
    }

    void rectangle(Spot topLeft, double width, double height, String cssClass, String fill) {
        out.append(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n"
                        .formatted(
                                cssClass,
                                number(topLeft.x()),
                                number(topLeft.y()),
                                number(width),
                                number(height),
                                fill));
    }

    void dot(Spot centre, double radius, String cssClass, String fill) {
        out.append(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>\n"
                        .formatted(
                                cssClass,
                                number(centre.x()),
                                number(centre.y()),
                                number(radius),
                                fill));
    }

    /** A line through the spots; its colour is the class's, or inherited. */
    void stroke(List<Spot> spots, String cssClass) {
        path(spots, cssClass, "none", false);
    }

    /** The surface that the spots go around. */
    void area(List<Spot> spots, String cssClass, String fill) {
        path(spots, cssClass, fill, true);
    }

    /** Opens a group whose strokes have {@code colour} where their class names none. */
    void open(String colour) {
        out.append("<g stroke=\"%s\">\n".formatted(colour));
    }

    void close() {
        out.append("</g>\n");
    }

    /** The whole document. */
    String finish() {
        return out + "</svg>\n";
    }

    private void path(List<Spot> spots, String cssClass, String fill, boolean closed) {
        var points =
                spots.stream()
                        .map(spot -> number(spot.x()) + " " + number(spot.y()))
                        .collect(Collectors.joining(" L", "M", closed ? " Z" : ""));
        out.append("<path class=\"%s\" d=\"%s\" fill=\"%s\"/>\n".formatted(cssClass, points, fill));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
