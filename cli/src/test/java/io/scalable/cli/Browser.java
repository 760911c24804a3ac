package io.scalable.cli;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's own Chromium without a window. What its pages ask for, and what goes wrong in them,
 * is remembered.
 */
final class Browser implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<URI> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

    private Browser(Playwright playwright) {
        this.playwright = playwright;
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    static Browser start() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "needs " + PROGRAM);
        return new Browser(
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /** An empty page of that size, without what other pages have stored. */
    Page page(int width, int height, ColorScheme scheme) {
        Page page =
                browser.newContext(
                                new NewContextOptions()
                                        .setViewportSize(width, height)
                                        .setColorScheme(scheme))
                        .newPage();
        page.onResponse(this::remember);
        page.onPageError(errors::add);
        return page;
    }

    private void remember(Response response) {
        asked.add(URI.create(response.url()));
    }

    /** The addresses that pages have asked for. */
    List<URI> asked() {
        return List.copyOf(asked);
    }

    /** Exceptions that no script of a page has caught. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
