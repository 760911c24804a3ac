package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What stands on {@code scalable.worker-reports}: one report, or several in one record. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerReports.class, name = "WorkerReports"),
    @JsonSubTypes.Type(WorkerReport.class)
})
public sealed interface WorkerReportRecord permits WorkerReport, WorkerReports {

    String deploymentId();
}
