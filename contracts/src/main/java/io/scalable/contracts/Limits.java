package io.scalable.contracts;

/**
 * What Scalable accepts, in one place. Whatever is beyond is refused where it comes in, with a
 * message that names the limit and what was found. {@code docs/limits.md} explains them to users.
 */
public final class Limits {

    // ---- JSON -------------------------------------------------------------------------------

    /** Nesting of one value, an item or a result: levels of arrays and objects. */
    public static final int VALUE_DEPTH = 400;

    /** Nesting of a record that tasks or workers send: a value and what stands around it. */
    public static final int REPORT_DEPTH = 450;

    /**
     * Nesting of every other record. It has room for a value of a report within a lease, and is
     * itself far below what the parser takes, so that stored state can always be read.
     */
    public static final int RECORD_DEPTH = 500;

    /** Bytes of one result as JSON: what a child, its worker and a driver read at once. */
    public static final int RESULT_BYTES = 16 * 1024 * 1024;

    /** Digits of one number: reading more takes time that grows with their square. */
    public static final int NUMBER_CHARS = 1_000;

    /** Characters of one name of a field. */
    public static final int FIELD_CHARS = 50_000;

    // ---- Records ----------------------------------------------------------------------------

    /** Bytes of a record on {@code scalable.tasks}: a task may name tens of thousands of needs. */
    public static final int TASK_RECORD_BYTES = 4 * 1024 * 1024;

    /** Most records that are written as one, such as the items of a {@code SubmitTasks}. */
    public static final int BATCH_PARTS = 10_000;

    /** Bytes of a record on any other topic that deployments share; Kafka's own default. */
    public static final int SHARED_RECORD_BYTES = 1024 * 1024;

    /** Bytes of a record on a deployment's own topics, assignments and results. */
    public static final int OWN_RECORD_BYTES = 16 * 1024 * 1024;

    /** Bytes that Kafka adds around a record, with headers, at most. */
    public static final int RECORD_OVERHEAD_BYTES = 16 * 1024;

    /** Bytes of a refused record that its dead letter keeps; JSON makes a third more of them. */
    public static final int LETTER_VALUE_BYTES = 512 * 1024;

    /** Characters of a dead letter's reason, and of any reason that travels in a record. */
    public static final int REASON_CHARS = 2_000;

    // ---- Names ------------------------------------------------------------------------------

    /** Characters of the name of a task, component, tag, target or provider host. */
    public static final int NAME_CHARS = 200;

    /** Characters of a deployment's id: it is part of the names of topics, files and workers. */
    public static final int DEPLOYMENT_ID_CHARS = 128;

    /** Characters of the id of a task or a worker. */
    public static final int ID_CHARS = 512;

    // ---- Tasks ------------------------------------------------------------------------------

    /** Needs of one task, each an id or all tasks of a name. */
    public static final int NEEDS = 50_000;

    /** Further attempts that a task may ask for. */
    public static final int RETRIES = 1_000;

    /** Seconds of a timeout or of a hint of a duration: ten years. */
    public static final double LONGEST_SECONDS = 10 * 365.25 * 86_400;

    /** Words of a command. */
    public static final int ARGV_WORDS = 10_000;

    /** Bytes of one word of a command, in UTF-8: what Linux takes, with its end. */
    public static final int ARGV_WORD_BYTES = 128 * 1024 - 1;

    /** Bytes of all words of a command, in UTF-8: half of what Linux usually leaves beside env. */
    public static final int ARGV_BYTES = 1024 * 1024;

    /** Tasks that one name of a manifest may expand to. */
    public static final int TASKS_OF_A_NAME = 1_000_000;

    /** Bytes that are kept of what one attempt prints, each of standard output and error. */
    public static final int LOG_BYTES = 16 * 1024 * 1024;

    /** Characters of a failure's message. */
    public static final int FAILURE_CHARS = 4 * 1024;

    /** Characters of a failure's stack trace or last lines. */
    public static final int STACK_CHARS = 16 * 1024;

    /** Characters that history keeps of any text that people read: a message, a stack, a log. */
    public static final int HISTORY_TEXT_CHARS = 64 * 1024;

    // ---- Endings without a fault of the user ------------------------------------------------

    /** Attempts in a row that the cluster cut short, none lasting longer than one before. */
    public static final int STALLED_ATTEMPTS = 10;

    /** Workers that are lost, or do not come up, under one task: it may be what ends them. */
    public static final int LOST_WORKERS = 5;

    /** Leases of one task that workers leave out of their heartbeats: they cannot read them. */
    public static final int UNTAKEN_LEASES = 5;

    // ---- What is kept of a deployment -------------------------------------------------------

    /** Tasks that have not ended; each takes about half a kilobyte of the dispatcher's heap. */
    public static final int OPEN_TASKS = 2_000_000;

    /** Ended tasks that are kept whole, beside those that children need. */
    public static final int TASKS_KEPT = 10_000;

    /** Ended tasks of which the outcome is known, by name and index: a byte each. */
    public static final int OUTCOMES_KEPT = 10_240_000;

    /** The same of tasks whose ids are not made of their name and index. */
    public static final int FREE_OUTCOMES_KEPT = 100_000;

    /** Names of tasks whose ended ones are counted apart; those of others count together. */
    public static final int TASK_NAMES = 1_000;

    /** Results that nobody is known to need. */
    public static final int RESULTS_KEPT = 10_000;

    /** Bytes of these results as JSON, about. */
    public static final int RESULTS_KEPT_BYTES = 64 * 1024 * 1024;

    /** Failures of one task: the first two, and the last ones. */
    public static final int FAILURES_KEPT = 10;

    /** Cancels that came before their tasks. */
    public static final int CANCELS_AHEAD = 10_000;

    // ---- Workers ----------------------------------------------------------------------------

    /** Tasks that one worker runs at a time. */
    public static final int SLOTS = 4_096;

    /** Partitions of a deployment's assignments. */
    public static final int ASSIGNMENT_PARTITIONS = 4_096;

    private Limits() {}
}
