package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {

    private static final String POOL = "[a-z]([a-z0-9-]*[a-z0-9])?";

    @Test
    void anOrdinaryIdIsReadable() {
        assertThat(SafeName.pool("20260131-142501-x7k2p-model-12"))
                .isEqualTo("w-20260131-142501-x7k2p-model-12");
        assertThat(SafeName.label("20260131-142501-x7k2p")).isEqualTo("20260131-142501-x7k2p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Run.1-Model_A-1",
                "1",
                "...",
                "run-1-",
                "20260131-142501-x7k2p-a-component-with-quite-a-long-name-123456",
                "ünïcödé-1"
            })
    void whateverTheIdTheNameIsOneThatCloudRunTakes(String id) {
        assertThat(SafeName.pool(id)).matches(POOL).hasSizeLessThan(50);
        assertThat(SafeName.label(id)).matches("[a-z0-9_-]{0,63}");
        assertThat(SafeName.pool(id)).isEqualTo(SafeName.pool(id));
    }

    @Test
    void idsThatLookAlikeHaveNamesOfTheirOwn() {
        List<String> ids = List.of("run.1-a-1", "run_1-a-1", "run-1-a-1", "Run-1-a-1", "run-1-A-1");
        Set<String> pools = new HashSet<>();
        Set<String> labels = new HashSet<>();
        ids.forEach(
                id -> {
                    pools.add(SafeName.pool(id));
                    labels.add(SafeName.label(id));
                });

        assertThat(pools).hasSameSizeAs(ids);
        assertThat(labels).hasSameSizeAs(ids);
    }

    @Test
    void longIdsThatDifferAtTheirEndHaveNamesOfTheirOwn() {
        String head = "20260131-142501-x7k2p-a-component-with-quite-a-long-name-";

        assertThat(SafeName.pool(head + "1")).isNotEqualTo(SafeName.pool(head + "2"));
    }
}
