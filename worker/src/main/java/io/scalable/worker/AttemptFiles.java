package io.scalable.worker;

import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.util.regex.Pattern;

/** The names, within the deployment's storage, of what an attempt leaves behind. */
final class AttemptFiles {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private AttemptFiles() {}

    /** {@code results/<task>/<index>-<attempt>.json}. */
    static String result(LeaseGranted lease) {
        return "results/" + stem(lease) + ".json";
    }

    /** {@code logs/<task>/<index>-<attempt>.<stream>}. */
    static String log(LeaseGranted lease, String stream) {
        return "logs/" + stem(lease) + "." + stream;
    }

    private static String stem(LeaseGranted lease) {
        return folder(lease.task()) + "/" + lease.index() + "-" + lease.attempt();
    }

    /** Tasks submitted from outside may be called anything; a name must not lead elsewhere. */
    private static String folder(String task) {
        String safe = UNSAFE.matcher(task).replaceAll("_");
        return safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe;
    }
}
