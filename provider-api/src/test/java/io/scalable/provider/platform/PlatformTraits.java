package io.scalable.provider.platform;

import java.time.Duration;

/** Traits for tests. */
final class PlatformTraits {

    private PlatformTraits() {}

    /** As a batch scheduler has them: 2 s to 60 s between listings, gone after 2 minutes. */
    static Traits batch() {
        return traits(false, 100);
    }

    /** As a container service has them whose launches may be repeated. */
    static Traits repeatable() {
        return traits(true, 1);
    }

    private static Traits traits(boolean idempotent, int batch) {
        return new Traits(
                idempotent,
                batch,
                idempotent ? 4 : 1,
                10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMinutes(3),
                Duration.ofMinutes(1));
    }
}
