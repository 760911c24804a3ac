package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.LeaseParents;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParentRecordsTest {

    private final ParentRecords records = new ParentRecords();

    @Test
    void resultsThatCameAheadOfTheirLeaseArePutTogetherInOrder() {
        records.add(parents("sum", 1, 0, results("fit", 1, 2)));
        records.add(parents("sum", 1, 1, results("fit", 3), results("plot", 4)));

        LeaseGranted lease = records.complete(lease("sum", 1, 2)).orElseThrow();

        assertThat(lease.parents()).containsExactly(results("fit", 1, 2, 3), results("plot", 4));
        assertThat(lease.parentRecords()).isZero();
    }

    @Test
    void aLeaseWithoutAllOfThemIsNotTaken() {
        records.add(parents("sum", 1, 0, results("fit", 1)));
        records.add(parents("sum", 1, 2, results("fit", 3)));

        assertThat(records.complete(lease("sum", 1, 3))).isEmpty();
        assertThat(records.complete(lease("sum", 2, 1))).isEmpty();
    }

    @Test
    void recordsThatComeTwiceCountOnce() {
        records.add(parents("sum", 1, 0, results("fit", 1)));
        records.add(parents("sum", 1, 0, results("fit", 1)));
        records.add(parents("sum", 1, 1, results("fit", 2)));

        assertThat(records.complete(lease("sum", 1, 2)).orElseThrow().parents())
                .containsExactly(results("fit", 1, 2));
    }

    @Test
    void aLeaseThatHasItsParentsIsTakenAsItIs() {
        LeaseGranted lease = lease("sum", 1, 0);

        assertThat(records.complete(lease)).hasValue(lease);
    }

    private static LeaseGranted lease(String task, int attempt, int parentRecords) {
        LeaseGranted lease = Leases.lease(task, 0, attempt, new Work.Handler("a.B::c"));
        return parentRecords == 0 ? lease : lease.afterParents(parentRecords);
    }

    private static LeaseParents parents(
            String task, int attempt, int number, ParentResults... results) {
        return new LeaseParents(
                Leases.WORKER,
                Leases.DEPLOYMENT + "/" + task + "/0",
                attempt,
                number,
                List.of(results));
    }

    private static ParentResults results(String task, int... values) {
        return new ParentResults(
                task, Arrays.stream(values).mapToObj(v -> Payload.of(IntNode.valueOf(v))).toList());
    }
}
