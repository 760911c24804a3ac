package io.scalable.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live page of a run, in a real browser. */
@Timeout(240)
class LivePageIT {

    /** Goes on for minutes: the tests end it. Every fourth item of `solve` fails. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 4}
            components:
              forecast: {cpus: 1, memory: 256M}
              solver: {cpus: 1, memory: 256M}
            tasks:
              fit:
                component: forecast
                command: [sh, -c, 'echo "fitting item {item}"; sleep 0.3']
                foreach: {range: [0, 2000]}
              solve:
                component: solver
                command: [sh, -c, 'echo "no solution" >&2; sleep 0.3; exit $(({item} % 4 == 0))']
                foreach: {range: [0, 400]}
            """;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern ADDRESS = Pattern.compile("Live page: (\\S+)");

    @TempDir static Path folder;

    private static RunningCommand run;
    private static Browser browser;
    private static String address;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        run = RunningCommand.run(folder, MANIFEST);
        run.awaitOutput("Live page: ");
        Matcher matcher = ADDRESS.matcher(run.output());
        assertThat(matcher.find()).isTrue();
        address = matcher.group(1);
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            run.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void itShowsPoolsDecisionsFailuresAndWorkers() {
        Page page = open(1280, 900, ColorScheme.LIGHT);

        assertThat(page.locator("#state")).hasText("living");
        assertThat(page.locator("article.pool")).hasCount(2);
        assertThat(page.locator("article.pool canvas")).hasCount(2);
        assertThat(page.locator("#failures")).containsText("exit 1");
        assertThat(page.locator("#decisions tr").first()).containsText("→");
        assertThat(page.locator("#tiles")).containsText("of 2,400");
        assertThat(page.locator("#tiles")).containsText("in about");
        assertThat(page.locator("#workers tr")).hasCount(4);
        assertThat(page.locator("#states")).containsText("failed");
        assertThat(drawn(page.locator("[data-pool=forecast] canvas"))).isTrue();
        keep(page, "desktop");

        assertThat(browser.errors()).isEmpty();
        assertThat(browser.asked()).extracting(URI::getHost).containsOnly("127.0.0.1");
    }

    @Test
    void aWorkersLogIsReadWithTheKeyboardAlone() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        Locator show = page.locator("#workers tr:has-text('forecast') button").first();

        show.focus();
        page.keyboard().press("Enter");

        assertThat(page.locator("#log-text")).containsText("fitting item ");
        assertThat(page.locator("#log-text")).containsText("stdout");
        page.keyboard().press("Escape");
        assertThat(page.locator("#log")).isHidden();
        assertThat(show).isFocused();
    }

    @Test
    void arrowKeysWalkAlongTheDecisions() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        Locator pool = page.locator("[data-pool=forecast]");
        assertThat(pool.locator("canvas")).hasCount(1);

        pool.locator(".chart").focus();
        page.keyboard().press("Home");

        assertThat(pool.locator(".why")).containsText("0 → ");
        assertThat(pool.locator(".why")).containsText("bound by");
    }

    @Test
    void itFitsAPhoneInTheDark() {
        Page page = open(390, 844, ColorScheme.DARK);
        assertThat(page.locator("article.pool canvas")).hasCount(2);

        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 28)");
        keep(page, "phone");
    }

    @Test
    void withoutTheTokenItAsksForIt() {
        Page page = browser.page(1280, 900, ColorScheme.LIGHT);
        page.navigate(address.replaceFirst("#.*", ""));
        assertThat(page.locator("#ask")).isVisible();

        page.locator("#token").fill(address.replaceFirst(".*token=([^&]*).*", "$1"));
        page.keyboard().press("Enter");

        assertThat(page.locator("#state")).hasText("living");
        assertThat(page.locator("#ask")).isHidden();
    }

    @Test
    void itsTokenLeavesTheAddress() {
        Page page = open(1280, 900, ColorScheme.LIGHT);
        assertThat(page.locator("#state")).hasText("living");

        assertThat(page.url()).doesNotContain("token").contains("#deployment=");
        page.reload();
        assertThat(page.locator("#state")).hasText("living");
    }

    private static Page open(int width, int height, ColorScheme scheme) {
        Page page = browser.page(width, height, scheme);
        page.navigate(address);
        return page;
    }

    /** True if something has been painted. */
    private static boolean drawn(Locator canvas) {
        return (boolean)
                canvas.evaluate(
                        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v"
                                + " => v > 0)");
    }

    /** For people to look at: {@code target/live-page-<name>.png}. */
    private static void keep(Page page, String name) {
        byte[] unused =
                page.screenshot(
                        new ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(Path.of("target", "live-page-" + name + ".png")));
    }
}
