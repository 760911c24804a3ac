package io.scalable.cli;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who looks after the workers of a deployment. */
enum Owner {
    /** A process drives the run. */
    DRIVEN,
    /** The deployment lives on its brokers. */
    DEPLOYED,
    /** The run's process is gone. */
    ABANDONED,
    /** The deployment has ended. */
    ENDED,
    /** It is known neither here nor there. */
    UNKNOWN;

    /**
     * The owner of deployment {@code id}.
     *
     * @param living the deployments that live on the brokers; null if none were asked
     */
    static Owner of(String id, Runs runs, @Nullable Set<String> living) throws IOException {
        Path folder = runs.folder().resolve(id);
        if (Files.isDirectory(folder)) {
            return RunFolder.open(folder).isDriven() ? DRIVEN : ABANDONED;
        }
        if (living == null) {
            return UNKNOWN;
        }
        return living.contains(id) ? DEPLOYED : ENDED;
    }

    /** True if nobody looks after them. */
    boolean none() {
        return this == ABANDONED || this == ENDED;
    }

    /** In words, for deployment {@code id}. */
    String words(String id) {
        return switch (this) {
            case DRIVEN -> "its process lives";
            case DEPLOYED -> "its deployment lives";
            case ABANDONED -> "its process is gone; go on with it: scalable run --resume " + id;
            case ENDED -> "its deployment has ended";
            case UNKNOWN -> "a deployment that is not known here";
        };
    }
}
