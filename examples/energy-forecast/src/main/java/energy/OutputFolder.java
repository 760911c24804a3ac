package energy;

import io.scalable.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Where the workflow leaves its files.
 *
 * @param path the folder; made when it is first needed
 */
record OutputFolder(Path path) {

    /** The folder {@code out} beside the manifest. */
    static OutputFolder of(TaskContext context) {
        return new OutputFolder(context.directory().resolve("out"));
    }

    /**
     * Writes a file named after {@code title} ({@code Fossil Fuels} gives {@code fossil-fuels}). It
     * appears whole: a second attempt of the same task may write it at the same time.
     */
    Path write(String title, String extension, String text) throws IOException {
        Files.createDirectories(path);
        var name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var file = path.resolve(name + "." + extension);
        var draft = path.resolve("." + name + "-" + UUID.randomUUID() + ".tmp");
        Files.writeString(draft, text);
        return Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
