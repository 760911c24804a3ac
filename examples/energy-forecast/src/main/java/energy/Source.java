package energy;

/**
 * The item of the task {@code summarise}.
 *
 * @param source the source's name as the data have it
 */
public record Source(String source) {}
