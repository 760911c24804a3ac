package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of prices before a run. */
class PricesCommandTest {

    private static final String LIST =
            """
            {"as_of": "%s", "currency": "EUR",
             "aws": {"east": {"fargate": {"vcpu_hour": 0.04, "gib_hour": 0.005}}}}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPlanForACloudShowsItsPriceLineByLine() throws IOException {
        assertThat(plan("provider: aws, region: east, max_workers: 4, adaptive: {minimum: 1}"))
                .isZero();

        assertThat(out.toString())
                .containsPattern("Cost of this run: \\d+\\.\\d{4} EUR \\(p50\\), .* EUR \\(p95\\)")
                .contains("Prices of 2026-05-01, EUR (" + folder.resolve("prices.json") + "):")
                .contains("x 0.05000 =")
                .contains("    1 vCPU x 0.04 = 0.04000")
                .contains("    2 GiB x 0.005 = 0.01000")
                .contains("a month of 730 h: 36.50 with the minimum workers, 146.00 with the max");
    }

    @Test
    void theSameAsJson() throws IOException {
        plan("provider: aws, region: east, max_workers: 4", "--format", "json");

        JsonNode json = Json.mapper().readTree(out.toString());
        assertThat(json.at("/cost/currency").asText()).isEqualTo("EUR");
        assertThat(json.at("/cost/amount_p95").asDouble())
                .isGreaterThan(json.at("/cost/amount").asDouble());
        assertThat(json.at("/prices/as_of").asText()).isEqualTo("2026-05-01");
        assertThat(json.at("/prices/pools/text/per_worker_hour").asDouble()).isEqualTo(0.05);
        assertThat(json.at("/prices/pools/text/items/0/unit_price").asDouble()).isEqualTo(0.04);
        assertThat(json.at("/prices/month_maximum").asDouble()).isEqualTo(146);
    }

    @Test
    void targetsWithoutAPriceShowCoreHours() throws IOException {
        assertThat(plan("provider: slurm, queue: batch")).isZero();

        assertThat(out.toString()).contains("core-hours (the target names no price)");
    }

    @Test
    void aClusterMayNameItsOwn() throws IOException {
        assertThat(plan("provider: slurm, max_workers: 4, price: {per_core_hour: 0.02}")).isZero();

        assertThat(out.toString())
                .contains("USD (targets.t.price):")
                .contains("    1 core x 0.02 = 0.02000");
    }

    @Test
    void anOldListIsWarnedOf() throws IOException {
        Files.writeString(folder.resolve("prices.json"), LIST.formatted("2020-01-01"));
        run("plan", manifest("provider: aws, region: east"), "--prices", prices());

        assertThat(err.toString()).contains("the prices are of 2020-01-01", "more than 180 days");
    }

    @Test
    void aBudgetWithoutPricesIsRefusedByEveryCommandThatStarts() throws IOException {
        for (String command : new String[] {"plan", "run"}) {
            err.getBuffer().setLength(0);
            assertThat(run(command, manifest("provider: local, budget: 5"))).isEqualTo(1);
            assertThat(err.toString())
                    .contains("targets.t.budget cannot be kept")
                    .contains("give targets.t.price: {per_core_hour: ...");
        }
        assertThat(folder.resolve(".scalable")).doesNotExist();
    }

    @Test
    void whatIsWrongInAListIsToldWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("prices.json"), "{\"as_of\": 1}");

        assertThat(run("plan", manifest("provider: aws, region: east"), "--prices", prices()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("prices.json:1:2: /as_of: give a text");
    }

    @Test
    void aBudgetThatTheRunMayPassIsWarnedOf() throws IOException {
        plan("provider: aws, region: east, max_workers: 4, budget: 0.0001");

        assertThat(err.toString()).contains("the run may cost more than its budget of 0.0001 EUR");
    }

    private int plan(String target, String... more) throws IOException {
        Files.writeString(folder.resolve("prices.json"), LIST.formatted("2026-05-01"));
        String[] all = new String[more.length + 4];
        all[0] = "plan";
        all[1] = manifest(target);
        all[2] = "--prices";
        all[3] = prices();
        System.arraycopy(more, 0, all, 4, more.length);
        return run(all);
    }

    private String prices() {
        return folder.resolve("prices.json").toString();
    }

    private String manifest(String target) throws IOException {
        String yaml =
                """
                version: 1
                project: {name: prices}
                targets: {t: {%s}}
                components: {text: {cpus: 1, memory: 512M}}
                tasks: {hello: {component: text, command: [echo], expect: 60s, foreach: {range: [0, 40]}}}
                """
                        .formatted(target);
        return Files.writeString(folder.resolve("scalable.yaml"), yaml).toString();
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
