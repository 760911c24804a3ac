package io.scalable.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("memory", "max_workers", "cpus", "tags");

    @ParameterizedTest
    @CsvSource({
        "memroy, memory",
        "Memory, memory",
        "max-workers, max_workers",
        "maxworkers, max_workers",
        "cpu, cpus",
        "tag, tags"
    })
    void aMistypedNameIsRecognised(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @Test
    void aNameFarFromAllIsNot() {
        assertThat(Nearest.to("colour", KNOWN)).isEmpty();
        assertThat(Nearest.hint("colour", KNOWN))
                .isEqualTo("; known: memory, max_workers, cpus, tags");
        assertThat(Nearest.hint("colour", List.of())).isEmpty();
    }
}
