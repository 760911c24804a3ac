package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scalable.contracts.task.FailureClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {

    @TempDir Path folder;

    @Test
    void theVariableIsHonouredUnlessJavaWasToldOtherwise() {
        var scratch = Map.of("TMPDIR", "/scratch");

        assertThat(TemporaryFolder.of(scratch, "/tmp").path()).isEqualTo(Path.of("/scratch"));
        assertThat(TemporaryFolder.of(scratch, "/given").path()).isEqualTo(Path.of("/given"));
        assertThat(TemporaryFolder.of(Map.of(), "/tmp").path()).isEqualTo(Path.of("/tmp"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedAndIsTheMachinesFault() {
        var missing = new TemporaryFolder(folder.resolve("gone"));

        var fault = catchThrowableOfType(TaskFault.class, () -> missing.file("input-", _ -> {}));

        assertThat(fault.failure().failureClass()).isEqualTo(FailureClass.NODE_FAILURE);
        assertThat(fault.failure().message())
                .contains("temporary files into " + folder.resolve("gone"), "TMPDIR");
        assertThatThrownBy(() -> missing.folder("logs-"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("gone").toString());
    }

    @Test
    void aFullFolderIsNamedAndNothingIsLeftInIt() {
        var full = new TemporaryFolder(folder);

        assertThatThrownBy(
                        () ->
                                full.file(
                                        "input-",
                                        _ -> {
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("into " + folder)
                .hasMessageContaining("No space left on device");
        assertThat(folder).isEmptyDirectory();
    }
}
