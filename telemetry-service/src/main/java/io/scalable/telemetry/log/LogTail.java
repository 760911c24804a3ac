package io.scalable.telemetry.log;

/**
 * The end of something that was written.
 *
 * @param title what wrote it
 * @param text its last lines
 * @param cut true if there is more before them
 */
public record LogTail(String title, String text, boolean cut) {}
