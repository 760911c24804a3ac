package io.scalable.manifest;

/** Whether a problem stops the manifest from being used. */
public enum Severity {
    /** The manifest cannot be used. */
    ERROR,
    /** Likely a mistake; the manifest can be used. */
    WARNING
}
