package io.scalable.provider.local;

import io.scalable.provider.backend.LaunchOrder;

/** Starts one worker on this machine. */
@FunctionalInterface
interface LocalLauncher {

    /**
     * @throws io.scalable.provider.backend.LaunchRefusedException if nothing was started
     */
    LocalWorker launch(LaunchOrder order);
}
