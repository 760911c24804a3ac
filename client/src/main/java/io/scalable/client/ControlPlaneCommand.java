package io.scalable.client;

import io.scalable.client.host.ListenAddress;
import io.scalable.client.host.ScalableProgram;
import java.nio.file.Path;
import java.util.List;

/** The command line of a standalone control plane. */
final class ControlPlaneCommand {

    private ControlPlaneCommand() {}

    /** A control plane whose broker listens on {@code listen}. */
    static List<String> of(Path jar, ListenAddress listen) {
        return ScalableProgram.of(
                jar,
                List.of(
                        "control-plane",
                        "--host",
                        listen.host(),
                        "--port",
                        String.valueOf(listen.port())));
    }
}
