package io.scalable.client.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a run waits for others.
 *
 * @param connect for the broker to answer at the start
 * @param silence for any word from the dispatcher while tasks are left, which speaks every 5 s;
 *     only time in which this process ran counts
 * @param leave for the workers to leave after the end
 * @param stop for the tasks to end after they were all cancelled
 * @param progress between two words on progress
 * @param taskEvents true if each task's events can be followed, not only its result
 * @param again true for a run that another process began: what was said of it is heard again
 * @param maxFails how many tasks may fail before the rest is stopped; null for any number
 * @param failedOnly where a run goes on after its end: true leaves what was cancelled as it is
 */
public record RunOptions(
        Duration connect,
        Duration silence,
        Duration leave,
        Duration stop,
        Duration progress,
        boolean taskEvents,
        boolean again,
        @Nullable MaxFails maxFails,
        boolean failedOnly) {

    /**
     * 15 s to connect, ten minutes of silence, 15 s to leave, 5 s to stop, progress four times a
     * second.
     */
    public static RunOptions defaults() {
        return new RunOptions(
                Duration.ofSeconds(15),
                Duration.ofMinutes(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                false,
                false,
                null,
                false);
    }

    /** The same, following each task's events. */
    public RunOptions followingTasks() {
        return new RunOptions(
                connect, silence, leave, stop, progress, true, again, maxFails, failedOnly);
    }

    /** The same with another patience with a silent dispatcher. */
    public RunOptions withSilence(Duration patience) {
        return new RunOptions(
                connect, patience, leave, stop, progress, taskEvents, again, maxFails, failedOnly);
    }

    /** The same with another patience with leaving workers. */
    public RunOptions withLeave(Duration patience) {
        return new RunOptions(
                connect,
                silence,
                patience,
                stop,
                progress,
                taskEvents,
                again,
                maxFails,
                failedOnly);
    }

    /** The same for a run that another process began. */
    public RunOptions resuming() {
        return new RunOptions(
                connect, silence, leave, stop, progress, taskEvents, true, maxFails, failedOnly);
    }

    /** The same, stopped where more tasks fail; null for any number. */
    public RunOptions withMaxFails(@Nullable MaxFails most) {
        return new RunOptions(
                connect, silence, leave, stop, progress, taskEvents, again, most, failedOnly);
    }

    /** The same, leaving what was cancelled as it is. */
    public RunOptions onlyFailed() {
        return new RunOptions(
                connect, silence, leave, stop, progress, taskEvents, again, maxFails, true);
    }
}
