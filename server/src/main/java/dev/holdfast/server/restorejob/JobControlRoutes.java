package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.JobReportJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.PatientHandler;
import dev.holdfast.server.http.Prospect;
import dev.holdfast.server.http.Prospect.Look;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.restorejob.JobOutcome.Work;
import java.util.List;

/** What Ops Manager never had: why a job ended, how far its agents are, and an end for one that is not wanted. */
public final class JobControlRoutes implements Routes {
    private static final String JOB = "/api/holdfast/v1/groups/{groupId}/restoreJobs/{jobId}";
    private static final int MAX_REASON = 500;

    private final Groups groups;
    private final RestoreJobs jobs;

    /** Does no I/O. */
    public JobControlRoutes(Groups groups, RestoreJobs jobs) {
        this.groups = groups;
        this.jobs = jobs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", JOB, Need.READ, new PatientHandler(this::report));
        table.addListed("POST", JOB + "/kill", Need.BACKUP, this::kill);
    }

    private Prospect report(Call call) {
        groups.require(call.group());
        JobId id = id(call);
        return now -> {
            RestoreJob job = jobs.find(call.group(), id).orElseThrow(() -> unknown(call, id));
            JobOutcome outcome = jobs.outcome(job, now);
            return new Look(Answer.ok(document(call, job, outcome)), Awaited.of(outcome));
        };
    }

    private Answer kill(Call call) {
        groups.require(call.group());
        JobId id = id(call);
        String text = reason(call);
        String by = "stopped by " + call.caller().name();
        jobs.kill(call.group(), id, text == null || text.isBlank() ? by : by + ": " + text, call.now());
        RestoreJob job = jobs.find(call.group(), id).orElseThrow(() -> unknown(call, id));
        return Answer.ok(document(call, job, jobs.outcome(job, call.now())));
    }

    /** Why, in the caller's words; null when the request has no body, or none in it. */
    private static String reason(Call call) {
        String length = call.header("Content-Length");
        boolean noBody = (length == null || length.equals("0")) && call.header("Transfer-Encoding") == null;
        if (noBody && call.header("Content-Type") == null) {
            return null;
        }
        JsonFields body = JsonFields.of(call);
        String text = body.text("reason");
        body.refuseUnknown();
        if (text != null && (text.length() > MAX_REASON || text.chars().anyMatch(Character::isISOControl))) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, "reason")
                    .saying("Invalid attribute reason specified: it must have at most " + MAX_REASON
                            + " characters and no control characters.");
        }
        return text;
    }

    private static JobReportJson document(Call call, RestoreJob job, JobOutcome outcome) {
        String path = "/api/holdfast/v1/groups/" + job.groupId() + "/restoreJobs/" + job.id();
        return new JobReportJson(
                ApiJson.date(job.created()),
                outcome.delivery(),
                outcome.link().downloads(),
                job.groupId().hex(),
                job.id().hex(),
                List.of(Link.self(call.baseUrl() + path)),
                outcome.reason(),
                remaining(job, outcome),
                outcome.state().name(),
                job.target() == null
                        ? null
                        : outcome.works().stream().map(JobControlRoutes::target).toList());
    }

    /** Null without a limit; none when the link cannot be used, whatever was not made use of. */
    private static Integer remaining(RestoreJob job, JobOutcome outcome) {
        int most = job.terms().maxDownloads();
        if (most == DeliveryTerms.NO_LIMIT) {
            return null;
        }
        return outcome.link().status() == LinkState.Status.READY
                ? Math.max(0, most - outcome.link().downloads())
                : 0;
    }

    private static JobReportJson.Target target(Work work) {
        return work.assignment() == null
                ? new JobReportJson.Target(0, 0, work.host().hex(), work.reason(), "CANCELLED", null, 0)
                : new JobReportJson.Target(
                        work.assignment().attempt(),
                        work.assignment().done(),
                        work.host().hex(),
                        work.reason(),
                        work.assignment().state().name(),
                        work.assignment().step(),
                        work.assignment().total());
    }

    private static JobId id(Call call) {
        String text = call.pathParameter("jobId");
        return JobId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_JOB_ID, text));
    }

    private static Refusal unknown(Call call, JobId id) {
        return new Refusal(
                ErrorCode.RESTORE_JOB_NOT_FOUND_IN_GROUP, id.hex(), call.group().hex());
    }
}
