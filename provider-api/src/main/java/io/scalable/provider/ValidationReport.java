package io.scalable.provider;

import java.util.List;

/**
 * What a provider finds wrong with a deployment.
 *
 * @param findings in the order of the spec; empty if all is well
 */
public record ValidationReport(List<Finding> findings) {

    /** How bad a finding is. */
    public enum Severity {
        /** The deployment can run, but perhaps not as its author expects. */
        WARNING,
        /** The deployment cannot run here. */
        ERROR
    }

    /**
     * One finding.
     *
     * @param path where in the manifest, such as {@code targets.local.containers}
     * @param message what is wrong and what to do
     */
    public record Finding(Severity severity, String path, String message) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    public ValidationReport {
        findings = List.copyOf(findings);
    }

    /** True if the deployment can run. */
    public boolean ok() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** All errors in one text. */
    public String errors() {
        return String.join("; ", texts(Severity.ERROR));
    }

    /** All warnings. */
    public List<String> warnings() {
        return texts(Severity.WARNING);
    }

    private List<String> texts(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::toString)
                .toList();
    }
}
