package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerCapTest {

    @Test
    void whatFitsIsGranted() {
        assertThat(share(10, waiting("a", 0, 4, 0, 100), waiting("b", 0, 5, 0, 1)))
                .isEqualTo(Map.of("a", 4, "b", 5));
    }

    @Test
    void aTightCapIsSharedByWorkWithOneForEachPoolThatHasSome() {
        assertThat(share(5, waiting("a", 0, 9, 0, 100), waiting("b", 0, 9, 0, 1)))
                .isEqualTo(Map.of("a", 4, "b", 1));
    }

    @Test
    void sharesOfBusyPoolsStayAsTheyAre() {
        assertThat(share(5, waiting("a", 1, 9, 1, 1000), waiting("b", 4, 9, 4, 1)))
                .isEqualTo(Map.of("a", 1, "b", 4));
    }

    @Test
    void aPoolWithoutItsFirstWorkerGetsOneFromTheLargest() {
        assertThat(share(4, waiting("a", 4, 9, 4, 100), waiting("b", 0, 1, 0, 1)))
                .as("it comes once the place is free")
                .isEqualTo(Map.of("a", 3, "b", 0));
        assertThat(share(4, waiting("a", 3, 9, 3, 100), waiting("b", 0, 1, 0, 1)))
                .isEqualTo(Map.of("a", 3, "b", 1));
    }

    @Test
    void onlyOneIsTakenForOnePoolHoweverLongItsLeavingLasts() {
        Claim a = new Claim("a", 0, 3, 9, 3, 1, true, true, 100);
        assertThat(share(4, a, waiting("b", 0, 1, 0, 1))).isEqualTo(Map.of("a", 3, "b", 0));
    }

    @Test
    void theOnlyWorkerMovesToThePoolThatHasWork() {
        Claim idle = new Claim("a", 0, 1, 1, 1, 0, false, false, 0);
        assertThat(share(1, idle, waiting("b", 0, 1, 0, 1))).isEqualTo(Map.of("a", 0, "b", 0));
        Claim leaving = new Claim("a", 0, 0, 1, 0, 1, false, false, 0);
        assertThat(share(1, leaving, waiting("b", 0, 1, 0, 1))).isEqualTo(Map.of("a", 0, "b", 0));
        Claim gone = new Claim("a", 0, 0, 1, 0, 0, false, false, 0);
        assertThat(share(1, gone, waiting("b", 0, 1, 0, 1))).isEqualTo(Map.of("a", 0, "b", 1));
    }

    @Test
    void theOnlyWorkerStaysWhereItWorks() {
        assertThat(share(1, waiting("a", 1, 1, 1, 9), waiting("b", 0, 1, 0, 9)))
                .isEqualTo(Map.of("a", 1, "b", 0));
    }

    @Test
    void theFirstWorkerOfARunnablePoolGoesBeforeMinimums() {
        Claim kept = new Claim("a", 2, 2, 2, 2, 0, false, false, 0);
        assertThat(share(2, kept, waiting("b", 0, 1, 0, 1))).isEqualTo(Map.of("a", 1, "b", 0));
    }

    @Test
    void aPoolWithoutKnownWorkYieldsToOneThatLacksWorkers() {
        Claim kept = new Claim("a", 1, 3, 3, 3, 0, false, false, 0);
        assertThat(share(4, kept, waiting("b", 1, 9, 1, 50))).isEqualTo(Map.of("a", 1, "b", 1));
        Claim left = new Claim("a", 1, 1, 1, 1, 0, false, false, 0);
        assertThat(share(4, left, waiting("b", 1, 9, 1, 50))).isEqualTo(Map.of("a", 1, "b", 3));
    }

    @Test
    void nobodyLosesAWorkerOnStaleNews() {
        List<Claim> claims = List.of(waiting("a", 4, 9, 4, 100), waiting("b", 0, 1, 0, 1));
        assertThat(WorkerCap.share(claims, Allowance.ofWorkers(4), false))
                .isEqualTo(Map.of("a", 4, "b", 0));
    }

    private static Map<String, Integer> share(int cap, Claim... claims) {
        return WorkerCap.share(List.of(claims), Allowance.ofWorkers(cap), true);
    }

    private static Claim waiting(
            String component, int current, int wanted, int alive, double work) {
        return new Claim(component, 0, current, wanted, alive, 0, true, alive > 0, work);
    }
}
