package io.scalable.cli;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.Runs;
import java.io.IOException;
import java.util.Optional;
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
        Optional<RunFolder> run = runs.ofDeployment(id);
        if (run.isPresent()) {
            return run.get().isDriven() ? DRIVEN : resumable(run.get()) ? ABANDONED : ENDED;
        }
        if (living == null) {
            return UNKNOWN;
        }
        return living.contains(id) ? DEPLOYED : ENDED;
    }

    /** True unless the run has ended, and this deployment with it. */
    private static boolean resumable(RunFolder run) {
        try {
            return run.info().finished() == null;
        } catch (IOException e) {
            // It never came so far as to say anything.
            return true;
        }
    }

    /** True if nobody looks after them. */
    boolean none() {
        return this == ABANDONED || this == ENDED;
    }

    /** In words, for deployment {@code id}. */
    String words(String id, Runs runs) throws IOException {
        return switch (this) {
            case DRIVEN -> "its process lives";
            case DEPLOYED -> "its deployment lives";
            case ABANDONED -> "its process is gone; go on with it: scalable retry " + run(id, runs);
            case ENDED -> "its deployment has ended";
            case UNKNOWN -> "a deployment that is not known here";
        };
    }

    private static String run(String deploymentId, Runs runs) throws IOException {
        Optional<RunFolder> run = runs.ofDeployment(deploymentId);
        return run.isPresent() ? String.valueOf(run.get().path().getFileName()) : deploymentId;
    }
}
