package io.scalable.provider.slurm;

import io.scalable.provider.platform.Sighting.State;
import java.util.List;
import java.util.regex.Pattern;

/** What the reasons mean that Slurm gives for jobs that wait. Pure. */
final class PendingReason {

    /** Nothing but a person can start the job. */
    private static final Pattern NEVER =
            Pattern.compile(
                    "Partition(Time|Node)Limit|PartitionConfig|BadConstraints|AccountNotAllowed"
                            + "|QOSNotAllowed|InvalidAccount|InvalidQOS|DeadLine"
                            + "|DependencyNeverSatisfied|JobHoldMaxRequeue"
                            + "|\\w*(Max\\w*PerJob|MaxWallDurationPerJob|MinCpuPerJob)\\w*"
                            + "|.*launch[ _]failed[ _]requeued[ _]held.*",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern HELD = Pattern.compile("JobHeld(User|Admin).*");

    private PendingReason() {}

    /**
     * @param excluded nodes that new jobs leave out
     */
    static State state(SlurmJob job, List<String> excluded) {
        String name = "job " + job.id() + ": ";
        String reason = job.reason().strip();
        if (NEVER.matcher(reason).matches()) {
            return new State.Stuck(name + reason + ": it will never start; " + advice(reason));
        }
        if (HELD.matcher(reason).matches()) {
            return new State.Queued(
                    name
                            + "held ("
                            + reason
                            + "); 'scontrol release "
                            + job.id()
                            + "' lets it go on, as far as you may");
        }
        boolean none = reason.isEmpty() || reason.equals("None");
        return new State.Queued(
                name
                        + (none ? "in the queue" : reason)
                        + (excluded.isEmpty()
                                ? ""
                                : ", without nodes " + String.join(", ", excluded)));
    }

    private static String advice(String reason) {
        if (reason.contains("Time") || reason.contains("Wall")) {
            return "lower the target's walltime, or use another queue";
        }
        if (reason.toLowerCase(java.util.Locale.ROOT).contains("launch")) {
            return "a node could not start it (such as a prolog that failed); ask the cluster's"
                    + " operators";
        }
        return "see the target's queue, account, qos and constraint, and the component's size";
    }
}
