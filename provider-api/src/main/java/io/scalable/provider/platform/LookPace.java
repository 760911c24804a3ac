package io.scalable.provider.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;

/**
 * When a deployment wants the next listing: soon after something happened, then twice as long after
 * each listing, up to the steady rhythm. Pure, told the time; not thread-safe.
 */
final class LookPace {

    private final Traits traits;
    private final TreeSet<Instant> appointments = new TreeSet<>();
    private Duration interval;
    private Instant due;

    /**
     * @param begun the first listing begins at this instant or later
     */
    LookPace(Traits traits, Instant begun) {
        this.traits = traits;
        this.interval = traits.soon();
        this.due = begun;
    }

    /** Something happened that a listing will show. */
    void stir(Instant now) {
        interval = traits.soon();
        Instant soon = now.plus(interval);
        if (soon.isBefore(due)) {
            due = soon;
        }
    }

    /** A listing that begins at {@code instant} will tell what earlier ones do not. */
    void by(Instant instant) {
        appointments.add(instant);
    }

    /** A listing that began at {@code began} was taken in. */
    void looked(Instant began) {
        due = began.plus(interval);
        appointments.headSet(began, true).clear();
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(traits.steady()) < 0 ? doubled : traits.steady();
    }

    /** From when on a listing is wanted. */
    Instant due() {
        return appointments.isEmpty() || due.isBefore(appointments.first())
                ? due
                : appointments.first();
    }
}
