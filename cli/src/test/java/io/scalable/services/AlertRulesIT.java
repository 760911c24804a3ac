package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Prometheus' own tests of the alert rules: each goes off when it should, and not before. */
class AlertRulesIT {

    @Test
    void everyAlertHasATestInWhichItGoesOff() throws IOException {
        Set<String> alerts = named("rules.yml", "alert:");

        assertThat(alerts).isNotEmpty();
        assertThat(goingOff()).isEqualTo(alerts);
    }

    /** What stands after {@code key} in a file of deploy. */
    private static Set<String> named(String file, String key) throws IOException {
        return Pattern.compile(Pattern.quote(key) + " *(\\w+)")
                .matcher(Files.readString(Prometheus.DEPLOY.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The alerts for which a test expects labels, and not only silence. */
    private static Set<String> goingOff() throws IOException {
        return Pattern.compile("alertname: (\\w+)\\s+exp_alerts:\\s+- exp_labels")
                .matcher(Files.readString(Prometheus.DEPLOY.resolve("rules.test.yml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyAlertGoesOff() throws Exception {
        Process promtool =
                new ProcessBuilder(
                                Prometheus.program("promtool").toString(),
                                "test",
                                "rules",
                                Prometheus.DEPLOY.resolve("rules.test.yml").toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
