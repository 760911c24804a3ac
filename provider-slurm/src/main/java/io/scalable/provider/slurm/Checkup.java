package io.scalable.provider.slurm;

/**
 * One thing that was looked at.
 *
 * @param what what was looked at
 * @param outcome how it is
 * @param detail what was found, and of what is wrong what to change
 */
public record Checkup(String what, Outcome outcome, String detail) {

    /** How it is. */
    public enum Outcome {
        OK,
        /** Runs will work, but not as well as they could. */
        WARNING,
        FAILED
    }

    static Checkup ok(String what, String detail) {
        return new Checkup(what, Outcome.OK, detail);
    }

    static Checkup warning(String what, String detail) {
        return new Checkup(what, Outcome.WARNING, detail);
    }

    static Checkup failed(String what, String detail) {
        return new Checkup(what, Outcome.FAILED, detail);
    }
}
