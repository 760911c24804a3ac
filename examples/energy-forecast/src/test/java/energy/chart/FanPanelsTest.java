package energy.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import energy.data.Band;
import energy.data.Point;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FanPanelsTest {

    private final Panel panel =
            new Panel(
                    "Wind & <sun>",
                    "a \"note\"",
                    List.of(new Point(2016, 20_000), new Point(2017, 22_000)),
                    List.of(new Band(2018, 20_000, 21_000, 23_000, 25_000, 26_000)));

    @Test
    void theChartIsWellFormedWhateverTheTextsAre() throws Exception {
        var chart = parse(FanPanels.draw("A & B", "<TWh>", "EIA", List.of(panel, panel)));

        assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A & B");
        assertThat(texts(chart)).contains("A & B", "<TWh>", "EIA", "Wind & <sun>", "a \"note\"");
    }

    @Test
    void theEndOfTheFanIsLabelledInTerawattHours() throws Exception {
        var chart = parse(FanPanels.draw("t", "s", "n", List.of(panel)));

        assertThat(texts(chart)).contains("23.0 TWh", "20.0 to 26.0");
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(Axis.niceStep(82, 6)).isEqualTo(20);
        assertThat(Axis.niceStep(30, 6)).isEqualTo(5);
        assertThat(new Axis(2001, 2012, 0, 110).ticks(5)).containsExactly(2005, 2010);
    }

    @Test
    void anAxisMayPointUp() {
        var up = new Axis(0, 80, 500, 100);

        assertThat(up.pixel(0)).isEqualTo(500);
        assertThat(up.pixel(20)).isEqualTo(400, within(1e-9));
    }

    private static List<String> texts(Document chart) {
        var nodes = chart.getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }
}
