package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.PatientHandler;
import dev.holdfast.server.http.Prospect;
import dev.holdfast.server.http.Prospect.Look;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Restore jobs of a mirrored config server (SCCC): all, one, a new one. */
public final class HostRestoreJobRoutes implements Routes {
    private static final String JOBS = "/api/public/v1.0/groups/{groupId}/hosts/{hostId}/restoreJobs";

    private final Groups groups;
    private final Hosts hosts;
    private final RestoreJobs jobs;

    /** Does no I/O. */
    public HostRestoreJobRoutes(Groups groups, Hosts hosts, RestoreJobs jobs) {
        this.groups = groups;
        this.hosts = hosts;
        this.jobs = jobs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", JOBS, Need.READ, this::list);
        table.add("GET", JOBS + "/{jobId}", Need.READ, new PatientHandler(this::one));
        table.addListed("POST", JOBS, Need.BACKUP, new PatientHandler(this::create));
    }

    private Answer list(Call call) {
        Host host = host(call);
        Paging paging = Paging.of(call);
        JobPage page = jobs.list(host.groupId(), host.id(), paging);
        Map<JobId, JobOutcome> outcomes = jobs.outcomes(page.jobs(), call.now());
        List<RestoreJobJson> results = page.jobs().stream()
                .map(job -> RestoreJobDocument.item(call, job, outcomes.get(job.id()), null))
                .toList();
        return Answer.ok(paging.page(call, results, page.total()));
    }

    private Prospect one(Call call) {
        return now -> {
            // polled: two indexed reads when the job is there; what exactly is missing is worked out only when it is
            // not
            RestoreJob job = find(call).orElseThrow(() -> missing(call));
            JobOutcome outcome = jobs.outcome(job, now);
            return new Look(Answer.ok(RestoreJobDocument.alone(call, job, outcome, null)), Awaited.of(outcome));
        };
    }

    private Prospect create(Call call) {
        Host host = host(call);
        JobRequest request = JobRequest.read(JsonFields.of(call), true, call.now());
        RestoreJob job = jobs.create(host, request, call.now());
        return now -> {
            JobOutcome outcome = jobs.outcome(job, now);
            return new Look(
                    Answer.ok(RestoreJobDocument.alone(call, job, outcome, null).asListToo()), Awaited.of(outcome));
        };
    }

    private Optional<RestoreJob> find(Call call) {
        GroupId group = call.group();
        Optional<HostId> host = HostId.parse(call.pathParameter("hostId"));
        Optional<JobId> id = JobId.parse(call.pathParameter("jobId"));
        return host.isPresent() && id.isPresent() ? jobs.find(group, host.get(), id.get()) : Optional.empty();
    }

    private Refusal missing(Call call) {
        Host host = host(call);
        String id = call.pathParameter("jobId");
        return JobId.parse(id).isEmpty()
                ? new Refusal(ErrorCode.INVALID_JOB_ID, id)
                : new Refusal(
                        ErrorCode.CONFIG_RESTORE_JOB_NOT_FOUND, id, host.id().hex());
    }

    private Host host(Call call) {
        return hosts.requireMirroredConfigServer(groups.require(call.group()).id(), call.pathParameter("hostId"));
    }
}
