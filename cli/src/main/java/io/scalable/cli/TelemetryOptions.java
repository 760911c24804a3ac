package io.scalable.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Telemetry, where it is asked instead of folders and brokers. */
final class TelemetryOptions {

    @Option(
            names = "--url",
            paramLabel = "U",
            description =
                    "Ask telemetry there instead of the runs' folder, such as"
                            + " http://localhost:8080.")
    @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "T",
            defaultValue = "${env:SCALABLE_TELEMETRY_TOKEN}",
            description = "Telemetry's token (default: $SCALABLE_TELEMETRY_TOKEN).")
    @Nullable String token;

    /** The options as they were given, for hints that can be pasted; the token is not said. */
    String said() {
        return url == null ? "" : " --url " + CommandName.quoted(url.toString());
    }
}
