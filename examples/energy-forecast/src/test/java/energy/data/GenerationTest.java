package energy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final String HEADER = "year,source,net_generation\n";

    @Test
    void rowsAreGatheredBySource() throws IOException {
        var histories =
                read(HEADER + "2001-01-01,Wind,5\n2002-01-01,Wind,7\n2001-01-01,Coal,9.5\n");

        assertThat(histories.keySet()).containsExactly("Wind", "Coal");
        assertThat(histories.get("Wind").points())
                .containsExactly(new Point(2001, 5), new Point(2002, 7));
        assertThat(histories.get("Coal").values()).containsExactly(9.5);
    }

    @Test
    void theDataOfIowaCoverSeventeenYears() {
        var renewables = Generation.of("Renewables");

        assertThat(renewables.firstYear()).isEqualTo(2001);
        assertThat(renewables.lastYear()).isEqualTo(2017);
        assertThat(renewables.values()).startsWith(1437).endsWith(21933).hasSize(17);
    }

    @Test
    void anUnknownSourceIsNamedWithThoseThatExist() {
        assertThatThrownBy(() -> Generation.of("Fusion"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Fusion'")
                .hasMessageContaining("Nuclear Energy");
    }

    @Test
    void aBadLineIsNamed() {
        assertThatThrownBy(() -> read(HEADER + "2001-01-01,Wind,5\n2002-01-01,Wind,lots\n"))
                .hasMessage("line 3: no number in '2002-01-01,Wind,lots'");
        assertThatThrownBy(() -> read(HEADER + "2001-01-01,Wind\n"))
                .hasMessageStartingWith("line 2: expected");
        assertThatThrownBy(() -> read("a,b\n")).hasMessageStartingWith("line 1: expected");
    }

    @Test
    void aMissingYearIsNoticed() {
        assertThatThrownBy(() -> read(HEADER + "2001-01-01,Wind,5\n2003-01-01,Wind,7\n"))
                .hasMessageContaining("expected 2002, found 2003");
    }

    private static Map<String, History> read(String csv) throws IOException {
        return Generation.read(new StringReader(csv));
    }
}
