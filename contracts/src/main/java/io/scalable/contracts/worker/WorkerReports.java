package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.scalable.contracts.topic.Batch;
import io.scalable.contracts.worker.WorkerReport.OfAttempt;
import java.util.List;

/**
 * What one worker has to say of several attempts.
 *
 * @param reports in order, at least one
 */
public record WorkerReports(String deploymentId, String workerId, List<OfAttempt> reports)
        implements WorkerReportRecord, Batch<OfAttempt> {

    public WorkerReports {
        reports = List.copyOf(reports);
    }

    @Override
    @JsonIgnore
    public List<OfAttempt> parts() {
        return reports;
    }
}
