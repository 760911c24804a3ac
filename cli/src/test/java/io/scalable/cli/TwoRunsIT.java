package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunState;
import io.scalable.client.run.Runs;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TwoRunsIT {

    /** Each run's task waits until the other's has begun. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local}
            components:
              shell: {cpus: 1, memory: 256M}
            tasks:
              meet:
                component: shell
                timeout: 60s
                command:
                  - sh
                  - -c
                  - 'touch "$0/here-$SCALABLE_DEPLOYMENT"; while [ $(ls "$0" | grep -c here-) -lt 2 ]; do sleep 0.2; done'
                  - '%s'
            """;

    @TempDir Path folder;

    @Test
    void twoRunsAtOnceInOneFolderDoNotMeet() throws Exception {
        Files.createDirectory(folder.resolve("met"));
        String manifest = MANIFEST.formatted(folder.resolve("met"));
        try (var one = RunningCommand.run(folder, manifest);
                var other = RunningCommand.start(folder, "run", "--runs-dir", "runs")) {
            assertThat(one.exitStatus()).as(one.output()).isZero();
            assertThat(other.exitStatus()).as(other.output()).isZero();

            var runs = new Runs(folder.resolve("runs"));
            var infos = new ArrayList<RunInfo>();
            for (String id : runs.ids()) {
                RunFolder run = runs.find(id);
                assertThat(run.file("data")).doesNotExist();
                infos.add(run.info());
            }
            assertThat(infos).hasSize(2).extracting(RunInfo::bootstrap).doesNotHaveDuplicates();
            assertThat(infos).extracting(RunInfo::state).containsOnly(RunState.SUCCEEDED);
            assertThat(infos).allSatisfy(TwoRunsIT::assertClosed);
            one.awaitNothingLeft();
        }
    }

    private static void assertClosed(RunInfo run) {
        List<String> address = List.of(run.bootstrap().split(":"));
        assertThatThrownBy(
                        () ->
                                new Socket(address.getFirst(), Integer.parseInt(address.getLast()))
                                        .close())
                .isInstanceOf(ConnectException.class);
    }
}
