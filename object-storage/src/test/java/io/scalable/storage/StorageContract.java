package io.scalable.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage does. */
abstract class StorageContract {

    @TempDir Path folder;
    private Storage storage;
    private URI base;

    /** The storage, the same for all tests. */
    abstract Storage storage();

    /** A place that it serves; ends with a slash. */
    abstract URI root();

    /** A place that is not there and cannot be made. */
    abstract URI unreachable();

    @BeforeEach
    void choosePlace() {
        storage = storage();
        base = root().resolve(UUID.randomUUID() + "/");
    }

    @Test
    void whatIsPutIsThere() throws IOException {
        URI place = storage.put(base, "a/b.json", bytes("one"));

        assertThat(storage.serves(place)).isTrue();
        assertThat(place.toString()).endsWith("/a/b.json").startsWith(base.getScheme());
        assertThat(storage.get(place)).isEqualTo(bytes("one"));
        assertThat(storage.exists(place)).isTrue();
    }

    @Test
    void aBaseMeansTheSameWithAndWithoutItsLastSlash() throws IOException {
        URI without = URI.create(base.toString().substring(0, base.toString().length() - 1));

        URI place = storage.put(without, "x", bytes("one"));

        assertThat(storage.get(base.resolve("x"))).isEqualTo(bytes("one"));
        assertThat(place).isEqualTo(storage.put(base, "x", bytes("two")));
    }

    @Test
    void puttingAgainReplaces() throws IOException {
        URI place = storage.put(base, "x", bytes("a long first"));

        storage.put(base, "x", bytes("then"));

        assertThat(storage.get(place)).isEqualTo(bytes("then"));
    }

    @Test
    void nothingIsSomethingToo() throws IOException {
        URI place = storage.put(base, "empty", new byte[0]);

        assertThat(storage.get(place)).isEmpty();
        assertThat(storage.exists(place)).isTrue();
    }

    @Test
    void namesMayHoldAnyCharacter() throws IOException {
        String name = "data/über maß+50% #1?&=.csv";
        URI place = storage.put(base, name, bytes("x"));

        assertThat(storage.get(URI.create(place.toString()))).isEqualTo(bytes("x"));
        assertThat(place.getPath()).endsWith(name);
    }

    @Test
    void filesTravelWhole() throws IOException {
        var content = new byte[9 << 20];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("in"), content);

        URI place = storage.put(base, "large.bin", file);
        Path copy = Files.writeString(folder.resolve("out"), "was here before");
        storage.get(place, copy);

        assertThat(copy).hasBinaryContent(content);
        assertThat(storage.get(place)).isEqualTo(content);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> storage.put(base, "x", folder.resolve("gone")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        URI place = storage.put(base, "x", bytes("1")).resolve("gone.json");

        assertThat(storage.exists(place)).isFalse();
        assertThatThrownBy(() -> storage.get(place))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such object")
                .hasMessageContaining("gone.json");
        assertThatThrownBy(() -> storage.get(place, folder.resolve("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such object")
                .hasMessageContaining("gone.json");
    }

    @Test
    void noNameLeadsElsewhere() {
        for (String name : new String[] {"../x", "a/../../x", ""}) {
            assertThatThrownBy(() -> storage.put(base, name, bytes("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    void deletingMayBeRepeated() throws IOException {
        URI place = storage.put(base, "x", bytes("1"));

        storage.delete(place);
        storage.delete(place);

        assertThat(storage.exists(place)).isFalse();
    }

    @Test
    void deletingAllTakesWhatIsBelowAndNothingElse() throws IOException {
        for (int i = 0; i < 3; i++) {
            storage.put(base, "runs/r1/" + i, bytes("x"));
        }
        URI neighbour = storage.put(base, "runs/r10/0", bytes("x"));

        storage.deleteAll(base.resolve("runs/r1"));
        storage.deleteAll(base.resolve("runs/r1/"));

        for (int i = 0; i < 3; i++) {
            assertThat(storage.exists(base.resolve("runs/r1/" + i))).isFalse();
        }
        assertThat(storage.exists(neighbour)).isTrue();
    }

    @Test
    void aPlaceThatWorksChecksAndIsLeftClean() throws IOException {
        URI place = storage.put(base, "x", bytes("1"));

        storage.check(base);

        assertThat(storage.get(place)).isEqualTo(bytes("1"));
    }

    @Test
    void aPlaceThatDoesNotWorkSaysWhy() {
        assertThatThrownBy(() -> storage.check(unreachable()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(unreachable().getPath());
    }

    @Test
    void manyThreadsMayUseItAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all =
                    IntStream.range(0, 24)
                            .mapToObj(i -> threads.submit(() -> roundTrip("n/" + i % 6, i)))
                            .toList();
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    /** Names are shared, so that others replace them: whatever is read is whole. */
    private boolean roundTrip(String name, int i) throws IOException {
        URI place =
                storage.put(base, name, (i + ":").repeat(5_000).getBytes(StandardCharsets.UTF_8));
        String read = new String(storage.get(place), StandardCharsets.UTF_8);
        String mark = read.substring(0, read.indexOf(':') + 1);
        return read.equals(mark.repeat(5_000));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
