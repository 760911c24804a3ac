package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Prometheus' own tests of the alert rules: each goes off when it should, and not before. */
class AlertRulesIT {

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
