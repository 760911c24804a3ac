package io.scalable.worker;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/** The same commands, started by the C library. */
class SpawnedCommandTasksIT extends CommandTasksIT {

    @Override
    Supplier<Optional<PosixSpawn>> spawn() {
        Optional<PosixSpawn> here = PosixSpawn.here();
        Assumptions.assumeTrue(here.isPresent(), "needs glibc 2.34 and a locale of UTF-8");
        return () -> here;
    }
}
