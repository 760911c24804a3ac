package io.scalable.provider.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The end of a log file: at most 20 lines out of the last 8 KiB. */
final class LogTail {

    private static final int LINES = 20;
    private static final int BYTES = 8 * 1024;

    private LogTail() {}

    static String of(Path log) throws IOException {
        try (var file = FileChannel.open(log, StandardOpenOption.READ)) {
            long start = Math.max(0, file.size() - BYTES);
            var buffer = ByteBuffer.allocate((int) (file.size() - start));
            while (buffer.hasRemaining() && file.read(buffer, start + buffer.position()) >= 0) {}
            var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            return lastLines(text);
        }
    }

    private static String lastLines(String text) {
        var lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
