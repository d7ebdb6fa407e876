package dev.holdfast.server.restorejob;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;

/** An agent that restores asks where the archive is and what it must hash to. */
public final class RestoreAgentRoutes implements Routes {
    private final RestoreJobs jobs;

    /** Does no I/O. */
    public RestoreAgentRoutes(RestoreJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", AgentApi.BASE + "/groups/{groupId}/restores/{assignmentId}", Need.AGENT, this::archive);
    }

    private Answer archive(Call call) {
        return Answer.ok(AssignmentId.parse(call.pathParameter("assignmentId"))
                .flatMap(id -> jobs.archiveFor(call.group(), id, call.now()))
                // as for a report of an attempt that is over: the agent stops
                .orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path())));
    }
}
