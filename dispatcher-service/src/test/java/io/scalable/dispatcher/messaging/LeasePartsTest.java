package io.scalable.dispatcher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.worker.Assignment;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasePartsTest {

    private static final JsonCodec<Assignment> CODEC = JsonCodec.of(Assignment.class);

    @Test
    void aLeaseOfUsualSizeIsOneRecord() {
        LeaseGranted lease = lease(parents("fit", 10, 100), parents("plot", 0, 0));

        assertThat(LeaseParts.of(lease)).containsExactly(lease);
    }

    @Test
    void thousandsOfParentsComeAheadInRecordsOfBoundedSize() {
        ParentResults fits = parents("fit", 4_500, 3_900);
        ParentResults plots = parents("plot", 3, 10);

        List<Assignment> records = LeaseParts.of(lease(fits, plots));

        assertThat(records).allMatch(r -> CODEC.encode(r).length < 300 * 1024);
        assertThat(records.getLast())
                .isInstanceOfSatisfying(
                        LeaseGranted.class,
                        lease -> {
                            assertThat(lease.parents()).isEmpty();
                            assertThat(lease.parentRecords()).isEqualTo(records.size() - 1);
                        });
        var results = new ArrayList<Payload>();
        for (int i = 0; i < records.size() - 1; i++) {
            LeaseParents part = (LeaseParents) records.get(i);
            assertThat(part.number()).isEqualTo(i);
            part.parents().forEach(p -> results.addAll(p.results()));
        }
        var all = new ArrayList<>(fits.results());
        all.addAll(plots.results());
        assertThat(results).isEqualTo(all);
    }

    @Test
    void fortyThousandParentsMakeFewRecords() {
        List<Assignment> records = LeaseParts.of(lease(parents("fit", 40_000, 20)));

        assertThat(records).hasSizeBetween(2, 12);
    }

    private static LeaseGranted lease(ParentResults... parents) {
        return new LeaseGranted(
                "w1",
                "d/sum/0",
                1,
                "sum",
                0,
                new Work.Handler("a.B::c"),
                Payload.none(),
                List.of(parents),
                null);
    }

    private static ParentResults parents(String task, int count, int bytes) {
        return new ParentResults(
                task,
                IntStream.range(0, count)
                        .mapToObj(i -> Payload.of(TextNode.valueOf(i + "x".repeat(bytes))))
                        .toList());
    }
}
