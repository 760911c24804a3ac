package io.scalable.cli;

import io.scalable.client.run.RunFolder;
import io.scalable.provider.slurm.SlurmException;
import io.scalable.provider.slurm.SlurmJobs;
import io.scalable.provider.slurm.SlurmJobs.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds Slurm jobs of workers whose run is gone, and ends them. */
@Command(
        name = "sweep",
        description = {
            "List Slurm jobs of workers that no run's process looks after; with --yes, cancel"
                    + " them.",
            "Workers end by themselves 8 minutes after their broker went."
        })
final class SweepCommand implements Callable<Integer> {

    @Mixin RunsOptions runs;

    @Option(names = "--yes", description = "Cancel them.")
    boolean yes;

    @Option(names = "--unknown", description = "Those of runs that --runs-dir does not have, too.")
    boolean unknown;

    @Spec CommandSpec spec;

    /** What is known of a run's owner. */
    private enum Owner {
        ALIVE,
        GONE,
        UNKNOWN
    }

    @Override
    public Integer call() throws IOException {
        var slurm = new SlurmJobs();
        if (!slurm.missing().isEmpty()) {
            throw new UserException(
                    String.join(", ", slurm.missing())
                            + " cannot be found on PATH; run this where Slurm's commands are");
        }
        try {
            return sweep(slurm);
        } catch (SlurmException e) {
            throw new UserException("Slurm does not answer: " + e.text());
        }
    }

    private int sweep(SlurmJobs slurm) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var doomed = new ArrayList<Job>();
        boolean others = false;
        for (Map.Entry<String, List<Job>> run : byRun(slurm.alive()).entrySet()) {
            Owner owner = owner(run.getKey());
            out.println(line(run.getKey(), run.getValue().size(), owner));
            run.getValue()
                    .forEach(job -> out.println("  " + job.workerId() + ": " + job.description()));
            if (owner == Owner.GONE || (owner == Owner.UNKNOWN && unknown)) {
                doomed.addAll(run.getValue());
            }
            others |= owner == Owner.UNKNOWN && !unknown;
        }
        if (!doomed.isEmpty() && yes) {
            slurm.cancel(doomed);
            out.println("cancelled " + doomed.size() + jobs(doomed.size()));
        } else if (!doomed.isEmpty()) {
            out.println(
                    "to cancel "
                            + doomed.size()
                            + jobs(doomed.size())
                            + ", say: scalable sweep --yes");
        } else {
            out.println("no job without an owner");
        }
        if (others) {
            out.println(
                    "jobs of runs that are not in "
                            + runs.folder
                            + " stay; --unknown takes them, too");
        }
        out.flush();
        return 0;
    }

    private static String line(String run, int jobs, Owner owner) {
        return run
                + ": "
                + jobs
                + jobs(jobs)
                + switch (owner) {
                    case ALIVE -> ", its process lives";
                    case GONE ->
                            ", its process is gone; go on with it: scalable run --resume " + run;
                    case UNKNOWN -> ", a run that is not known here";
                };
    }

    private static String jobs(int number) {
        return number == 1 ? " job" : " jobs";
    }

    private static Map<String, List<Job>> byRun(List<Job> jobs) {
        return jobs.stream()
                .collect(
                        Collectors.groupingBy(
                                Job::deploymentId, TreeMap::new, Collectors.toList()));
    }

    private Owner owner(String run) throws IOException {
        Path folder = runs.runs().folder().resolve(run);
        if (!Files.isDirectory(folder)) {
            return Owner.UNKNOWN;
        }
        return RunFolder.open(folder).isDriven() ? Owner.ALIVE : Owner.GONE;
    }
}
