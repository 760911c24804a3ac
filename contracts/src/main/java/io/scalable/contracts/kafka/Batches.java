package io.scalable.contracts.kafka;

import io.scalable.contracts.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes several records as one {@link io.scalable.contracts.topic.Batch}, of bounded size. */
public final class Batches {

    /** Parts of a batch at most: a reader acts once it has decoded all of them. */
    static final int PARTS = 500;

    /** JSON of a batch at most, bytes; a single part may be larger. */
    static final int BYTES = 256 * 1024;

    private Batches() {}

    /**
     * A record as it is written.
     *
     * @param json the record's value
     */
    public record Written<R>(R record, byte[] json) {}

    /**
     * Writes parts in order, as few records as their size allows. A part that stands alone is
     * written as itself.
     *
     * @param batch makes one record of two parts or more
     * @param codec of what stands on the topic
     * @throws IllegalStateException if a part cannot be written as JSON
     */
    public static <R, P extends R> List<Written<R>> write(
            List<P> parts, Function<List<P>, R> batch, JsonCodec<R> codec) {
        return write(parts, PARTS, batch, codec);
    }

    /**
     * The same with another bound.
     *
     * @param most parts of a batch at most, 1 or more
     */
    public static <R, P extends R> List<Written<R>> write(
            List<P> parts, int most, Function<List<P>, R> batch, JsonCodec<R> codec) {
        var written = new ArrayList<Written<R>>();
        for (int from = 0; from < parts.size(); from += most) {
            add(parts.subList(from, Math.min(parts.size(), from + most)), batch, codec, written);
        }
        return written;
    }

    private static <R, P extends R> void add(
            List<P> parts,
            Function<List<P>, R> batch,
            JsonCodec<R> codec,
            List<Written<R>> written) {
        R record = parts.size() == 1 ? parts.getFirst() : batch.apply(parts);
        byte[] json = codec.encode(record);
        if (json.length <= BYTES || parts.size() == 1) {
            written.add(new Written<>(record, json));
            return;
        }
        int half = parts.size() / 2;
        add(parts.subList(0, half), batch, codec, written);
        add(parts.subList(half, parts.size()), batch, codec, written);
    }
}
