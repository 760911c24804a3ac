package io.scalable.cli;

import java.io.PrintWriter;

/** Only warnings. */
final class NoProgress extends Progress {

    NoProgress(PrintWriter out) {
        super(out);
    }
}
