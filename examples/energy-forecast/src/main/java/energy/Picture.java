package energy;

/**
 * The item of the task {@code chart}.
 *
 * @param title the headline over the panels
 * @param name the files' name, without an extension
 */
public record Picture(String title, String name) {}
