package io.scalable.provider.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    private static final String HEAD = "{\"as_of\": \"2026-01-31\", \"currency\": \"EUR\"";

    @Test
    void theBuiltInListIsSound() {
        PriceList list = PriceList.builtIn();

        assertThat(list.currency()).isEqualTo("USD");
        assertThat(list.units("aws", "us-east-1", "fargate"))
                .contains(new UnitPrices(0.04048, 0.004445));
        assertThat(list.hour("aws", "us-east-1", "ec2", "m5.xlarge")).contains(0.192);
        assertThat(list.units("gcp", "us-central1", "cloudrun")).isPresent();
    }

    @Test
    void secondsAreTakenByTheHour() {
        PriceList list =
                PriceList.of(
                        "mine",
                        HEAD
                                + ", \"gcp\": {\"r\": {\"cloudrun\": {\"vcpu_second\": 0.5,"
                                + " \"gib_second\": 0.25}}}}");

        assertThat(list.units("gcp", "r", "cloudrun")).contains(new UnitPrices(1800, 900));
    }

    @Test
    void aListIsOldAfterHalfAYear() {
        PriceList list = PriceList.of("mine", HEAD + "}");

        assertThat(list.isOld(LocalDate.of(2026, 7, 30))).isFalse();
        assertThat(list.isOld(LocalDate.of(2026, 7, 31))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                   | f:1:2: no JSON",
                "[]                                  | f:1:1: give an object in braces",
                "{'as_of': 'May', 'currency': 'USD'} | f:1:2: /as_of: give the day",
                "{'as_of': '2026-01-31'}             | f:1:1: /currency: give a text",
                "H, 'azure': {}}                     | /azure: unknown key; known are as_of",
                "H, 'aws': {'r': {'lambda': {}}}}    | /aws/r/lambda: unknown offer; known are",
                "H, 'aws': {'r': {'ec2': {'x': 1}}}} | /aws/r/ec2/x: say under \"machines\"",
                "H, 'aws': {'r': {'fargate': {'vcpu_hour': 'x', 'gib_hour': 1}}}}"
                        + " | /aws/r/fargate/vcpu_hour: give a number, 0 or more, found \"x\"",
                "H, 'aws': {'r': {'fargate': {'vcpu_hour': -1, 'gib_hour': 1}}}}"
                        + " | /aws/r/fargate/vcpu_hour: give a number, 0 or more, found -1",
                "H, 'aws': {'r': {'fargate': {'vcpu_hour': 1}}}}"
                        + " | /aws/r/fargate/gib_hour: give a number, 0 or more, found nothing",
                "H, 'machines': {'m': {'vcpus': 0, 'memory_gib': 1}}}"
                        + " | /machines/m: vcpus and memory_gib must be above 0",
                "H, 'currency': 'USD'}               | Duplicate field"
            })
    void whatIsWrongIsToldWithItsPlace(String json, String message) {
        String text = json.replace("H", "{'as_of': '2026-01-31', 'currency': 'EUR'");

        assertThatThrownBy(() -> PriceList.of("f", text.replace('\'', '"')))
                .isInstanceOf(PriceListException.class)
                .hasMessageStartingWith("f:1:")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PriceList.read(Path.of("no-such.json")))
                .isInstanceOf(PriceListException.class)
                .hasMessageContaining("no-such.json: cannot be read");
    }
}
