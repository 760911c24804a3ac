package io.scalable.cli;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A picture that is written as SVG directly: the JVM's chart libraries draw with fonts that servers
 * often don't have.
 */
final class Svg {

    private static final String STYLE =
            """
            text { font-family: 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; fill: #444; font-size: 13px; }
            .title { font-size: 20px; font-weight: 700; fill: #111; }
            .grid { stroke: #e4e4e4; }
            """;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private interface Writing {
        void run() throws XMLStreamException;
    }

    /**
     * Begins a white picture.
     *
     * @param style CSS, besides that of all pictures
     */
    Svg(int width, int height, String style) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write SVG to memory", e);
        }
        write(
                () -> {
                    xml.writeStartElement("svg");
                    xml.writeAttribute("xmlns", "http://www.w3.org/2000/svg");
                    xml.writeAttribute("viewBox", "0 0 " + width + " " + height);
                    xml.writeStartElement("style");
                    xml.writeCharacters(STYLE + style);
                    xml.writeEndElement();
                });
        shape("rect", "width", width, "height", height, "fill", "#fff");
    }

    /**
     * An element without content.
     *
     * @param attributes names and values in turn
     */
    void shape(String name, Object... attributes) {
        write(
                () -> {
                    xml.writeEmptyElement(name);
                    attributes(attributes);
                });
    }

    /** A shape that says {@code words} when it is pointed at. */
    void explained(String words, String name, Object... attributes) {
        write(
                () -> {
                    xml.writeStartElement(name);
                    attributes(attributes);
                    xml.writeStartElement("title");
                    xml.writeCharacters(words);
                    xml.writeEndElement();
                    xml.writeEndElement();
                });
    }

    /**
     * Some words.
     *
     * @param style a CSS class, or nothing
     * @param anchor start, middle or end
     */
    void label(double x, double y, String style, String anchor, String words) {
        write(
                () -> {
                    xml.writeStartElement("text");
                    attributes("x", x, "y", y, "class", style, "text-anchor", anchor);
                    xml.writeCharacters(words);
                    xml.writeEndElement();
                });
    }

    /** Ends the picture and gives its text. */
    String end() {
        write(
                () -> {
                    xml.writeEndElement();
                    xml.writeEndDocument();
                });
        return text + "\n";
    }

    /** Pixels, as they are written. */
    static String round(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private void attributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            xml.writeAttribute(
                    attributes[i].toString(),
                    value instanceof Double d ? round(d) : value.toString());
        }
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write SVG to memory", e);
        }
    }
}
