package io.scalable.telemetry.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the end of a file that may be huge and may be growing. */
final class FileTail {

    private FileTail() {}

    /**
     * The last whole lines of a file. A symbolic link is not followed.
     *
     * @param most bytes that are read at the most
     * @throws IOException if it is missing or cannot be read
     */
    static LogTail read(String title, Path file, int most) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long from = Math.max(0, channel.size() - most);
            var bytes = ByteBuffer.allocate(most);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes, from + bytes.position());
            }
            String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
            return new LogTail(title, from == 0 ? text : afterFirstLine(text), from > 0);
        }
    }

    /** The first line may have lost its beginning. */
    private static String afterFirstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 || end == text.length() - 1 ? text : text.substring(end + 1);
    }
}
