package io.scalable.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Shares the target's maximum among the pools. Nobody gets more than they want; what a pool has it
 * keeps, so that shares do not flap, with two exceptions: a pool with waiting tasks and no worker
 * gets its first one from a pool that has nothing to do or more than one, and a pool without any
 * known work yields to pools that lack workers. A place is only given again when its worker has
 * left, so that the maximum holds for real workers, leaving ones included.
 */
final class WorkerCap {

    private final List<Claim> claims;
    private final boolean mayTake;
    private final Map<String, Integer> granted = new LinkedHashMap<>();
    private final Allowance allowance;
    private long free;
    private double money;

    private WorkerCap(List<Claim> claims, Allowance allowance, boolean mayTake) {
        this.claims = claims;
        this.allowance = allowance;
        this.mayTake = mayTake;
        claims.forEach(c -> granted.put(c.component(), Math.min(c.current(), c.wanted())));
        trim();
        free = allowance.workers() - claims.stream().mapToLong(this::used).sum();
        money = allowance.perHour();
        claims.forEach(c -> money -= used(c) * price(c));
    }

    /**
     * Shares what there is.
     *
     * @param allowance the most workers over all pools, and the most that they may cost
     * @param mayTake false if no pool may lose a worker to another now
     * @return the count of each pool, in the claims' order
     */
    static Map<String, Integer> share(List<Claim> claims, Allowance allowance, boolean mayTake) {
        return new WorkerCap(claims, allowance, mayTake).share();
    }

    private Map<String, Integer> share() {
        if (!firstWorkers()) {
            // Every place that comes free belongs to a pool without its first worker.
            return granted;
        }
        grow(c -> c.active(), Claim::minimum);
        grow(c -> true, Claim::minimum);
        emptyPoolsYield();
        grow(Claim::active, Claim::wanted);
        if (missing() == 0) {
            grow(c -> true, Claim::wanted);
        }
        return granted;
    }

    /** Grants from elsewhere may be above the cap: the least active pools give up first. */
    private void trim() {
        while (over()) {
            Claim donor =
                    claims.stream()
                            .filter(c -> count(c) > 0)
                            .max(
                                    Comparator.<Claim, Boolean>comparing(c -> !c.active())
                                            .thenComparing(c -> count(c) > c.minimum())
                                            .thenComparingInt(this::count))
                            .orElseThrow();
            granted.merge(donor.component(), -1, Integer::sum);
        }
    }

    private boolean over() {
        long all = granted.values().stream().mapToLong(Integer::intValue).sum();
        double cost = allowance.cost(granted);
        return all > allowance.workers()
                || (all > 0 && cost > allowance.perHour() + Allowance.EXACT);
    }

    private double price(Claim claim) {
        return allowance.price(claim.component());
    }

    private int count(Claim claim) {
        return granted.getOrDefault(claim.component(), 0);
    }

    /** Places that the pool takes up: granted or still occupied. */
    private long used(Claim claim) {
        return (long) Math.max(count(claim), claim.alive()) + claim.draining();
    }

    private void change(Claim claim, int by) {
        long before = used(claim);
        granted.merge(claim.component(), by, Integer::sum);
        long more = used(claim) - before;
        free -= more;
        money -= more * price(claim);
    }

    private boolean canGive(Claim claim) {
        return count(claim) < claim.alive() || (free > 0 && isPaid(price(claim)));
    }

    private boolean isPaid(double perHour) {
        return perHour <= money + Allowance.EXACT;
    }

    /** True if the claim's first worker has a price that no leaving of others makes room for. */
    private boolean tooDear(Claim claim) {
        double kept = price(claim);
        for (Claim other : claims) {
            kept += other.active() && count(other) > 0 ? price(other) : 0;
        }
        return kept > allowance.perHour() + Allowance.EXACT;
    }

    /** True if every pool that waits for its first worker has got it. */
    private boolean firstWorkers() {
        boolean all = true;
        long leaving = leaving();
        for (Claim claim : claims) {
            boolean first = claim.waiting() && count(claim) == 0 && claim.wanted() > 0;
            if (first && (canGive(claim) || !tooDear(claim))) {
                if (mayTake && leaving <= 0 && !canGive(claim)) {
                    takeOne();
                }
                if (canGive(claim)) {
                    change(claim, 1);
                } else {
                    leaving--;
                    all = false;
                }
            }
        }
        return all;
    }

    private void takeOne() {
        claims.stream()
                .filter(c -> count(c) > (c.active() ? 1 : 0))
                .max(
                        Comparator.<Claim, Boolean>comparing(c -> !c.active())
                                .thenComparingInt(this::count))
                .ifPresent(donor -> change(donor, -1));
    }

    /** Workers that pools with something to do still lack. */
    private long missing() {
        return claims.stream()
                .filter(Claim::active)
                .mapToLong(c -> Math.max(0, c.wanted() - count(c)))
                .sum();
    }

    /** What those workers cost. */
    private double missingMoney() {
        return claims.stream()
                .filter(Claim::active)
                .mapToDouble(c -> Math.max(0, c.wanted() - count(c)) * price(c))
                .sum();
    }

    /** Idle workers kept for work that nobody has announced go where work waits. */
    private void emptyPoolsYield() {
        long lacking = missing() - (isPaid(missingMoney()) ? free : 0) - leaving();
        for (Claim claim : claims) {
            if (mayTake && !claim.active() && claim.workSeconds() == 0) {
                int spare = Math.max(0, count(claim) - claim.minimum());
                int given = (int) Math.clamp(lacking, 0, spare);
                change(claim, -given);
                lacking -= given;
            }
        }
    }

    /** Places of workers that are on their way out. */
    private long leaving() {
        long leaving = 0;
        for (Claim c : claims) {
            leaving += Math.max(0, c.alive() - count(c)) + c.draining();
        }
        return leaving;
    }

    private interface Goal {
        int of(Claim claim);
    }

    /** Gives what is free, one by one, to where most work waits per worker. */
    private void grow(Predicate<Claim> who, Goal goal) {
        var hungry = new ArrayList<Claim>();
        for (Claim claim : claims) {
            if (who.test(claim)) {
                hungry.add(claim);
            }
        }
        long missing = 0;
        double cost = 0;
        for (Claim claim : hungry) {
            long more = Math.max(0, goalOf(claim, goal) - count(claim));
            missing += more;
            cost += more * price(claim);
        }
        if (missing <= free && isPaid(cost)) {
            hungry.forEach(c -> change(c, Math.max(0, goalOf(c, goal) - count(c))));
            return;
        }
        while (true) {
            hungry.removeIf(c -> count(c) >= goalOf(c, goal) || !canGive(c));
            if (hungry.isEmpty()) {
                return;
            }
            Claim neediest =
                    hungry.stream()
                            .max(Comparator.comparingDouble(c -> c.workSeconds() / (count(c) + 1)))
                            .orElseThrow();
            change(neediest, 1);
        }
    }

    private static int goalOf(Claim claim, Goal goal) {
        return Math.min(goal.of(claim), claim.wanted());
    }
}
