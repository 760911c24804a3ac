package io.scalable.provider.slurm;

import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.platform.PlatformException.Kind;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the errors of Slurm's commands mean. Pure. */
final class SlurmErrors {

    private static final Pattern NOBODY_ANSWERS =
            Pattern.compile(
                    "Unable to contact|[Cc]onnection (refused|timed out|reset)|[Tt]imed out"
                            + "|communication (failure|error)|in standby mode|Zero Bytes"
                            + "|Protocol authentication error|Transport endpoint");

    private static final Pattern A_LIMIT =
            Pattern.compile(
                    "MaxSubmit|MaxJobs|QOS policy|accounting/QOS|temporarily (unable|unavailable)"
                            + "|[Ii]nvalid job array specification|too many jobs");

    /** The controller has answered, or sbatch has not come to ask it: nothing was done. */
    private static final Pattern REFUSED =
            Pattern.compile(
                    "Batch job submission failed|allocation failure"
                            + "|[Ii]nvalid (job id|partition|account|qos|option|user|feature|time"
                            + "|generic|node|reservation|directive|cluster|number|argument)"
                            + "|(un)?recognized option|[Uu]nknown option|not permitted"
                            + "|[Aa]ccess denied|[Pp]ermission denied|Unable to open file"
                            + "|No cluster|can't find an address|not a (valid|recognized)"
                            + "|no array or comment");

    /** What the commands put before their errors. */
    private static final Pattern SAID_BY = Pattern.compile("^\\w+(?:: error| error)?: ");

    private SlurmErrors() {}

    /** A command that ended with a status other than 0. */
    static PlatformException failed(String program, int status, String error) {
        String text =
                error.lines()
                        .map(line -> SAID_BY.matcher(line.strip()).replaceFirst(""))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("; "));
        return new PlatformException(
                kind(error), program + ": " + (text.isEmpty() ? "status " + status : text), null);
    }

    private static Kind kind(String error) {
        if (NOBODY_ANSWERS.matcher(error).find()) {
            return Kind.UNREACHABLE;
        }
        if (A_LIMIT.matcher(error).find()) {
            return Kind.LATER;
        }
        return REFUSED.matcher(error).find() ? Kind.REFUSED : Kind.UNKNOWN;
    }
}
