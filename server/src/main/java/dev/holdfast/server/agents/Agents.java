package dev.holdfast.server.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Chunks;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.AssignmentTable.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The agents of all projects and their work. States, leases and what a crash leaves are told in the
 * {@linkplain dev.holdfast.server.agents package story}.
 */
public final class Agents {
    /** Where this room's migrations are. */
    public static final String MIGRATIONS = "dev/holdfast/server/agents/migrations";

    private final Database database;
    private final Clock clock;
    private final ObjectIds ids;
    private final AgentsSettings settings;
    private final AssignmentWatch watch;

    /** With no witness. Does no I/O. */
    public Agents(Database database, Clock clock, ObjectIds ids, AgentsSettings settings) {
        this(database, clock, ids, settings, AssignmentWatch.NONE);
    }

    /** Does no I/O; {@code watch} is told how work ends. */
    public Agents(Database database, Clock clock, ObjectIds ids, AgentsSettings settings, AssignmentWatch watch) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
        this.watch = watch;
    }

    /** Gives work to whichever agent asks first that serves one of its hosts. */
    public AssignmentId assign(Handle tx, NewAssignment wanted) {
        AssignmentId id = new AssignmentId(ids.next());
        AssignmentTable.insert(tx, id, wanted, now());
        return id;
    }

    /** As {@link #assign(Handle, NewAssignment)}, in a transaction of its own. */
    public AssignmentId assign(NewAssignment wanted) {
        return database.write(tx -> assign(tx, wanted));
    }

    /** The assignment with that id, if it belongs to that project. */
    public Optional<Assignment> find(GroupId group, AssignmentId id) {
        return database.read(
                handle -> AssignmentTable.find(handle, group, id, "").map(Row::assignment));
    }

    /** As {@link #find(GroupId, AssignmentId)}, as the transaction sees it; the row cannot change until its end. */
    public Optional<Assignment> find(Handle tx, GroupId group, AssignmentId id) {
        return AssignmentTable.find(tx, group, id, database.dialect().forUpdate())
                .map(Row::assignment);
    }

    /**
     * Ends work that is not wanted any more; its agent is told with its next report. Does nothing if it has ended.
     *
     * @param reason why, for people
     */
    public void cancel(Handle tx, GroupId group, AssignmentId id, String reason) {
        find(tx, group, id)
                .ifPresent(found -> AssignmentTable.end(tx, id, AssignmentState.CANCELLED, null, reason, now()));
    }

    /** The agents of a project, by name, also those that have not been heard of for long. */
    public List<Agent> list(GroupId group) {
        return database.read(handle -> AgentTable.list(handle, group));
    }

    /** The agents of several projects, in no order. */
    public List<Agent> list(Handle handle, Collection<GroupId> groups) {
        return Chunks.of(groups, some -> AgentTable.list(handle, some));
    }

    /** Whether an agent was not heard of for longer than one that lives is silent. */
    public boolean isSilent(Agent agent, Instant now) {
        return !agent.lastSeen().isAfter(now.minus(settings.silence()));
    }

    /** Assignments by their ids, those that are not there left out; for whoever shows many. */
    public Map<AssignmentId, Assignment> all(Handle handle, Collection<AssignmentId> ids) {
        Map<AssignmentId, Assignment> found = new HashMap<>();
        Chunks.of(ids, some -> AssignmentTable.all(handle, some)).forEach(one -> found.put(one.id(), one));
        return found;
    }

    /** The hosts of a project that an agent serves which was heard of lately. */
    public Set<HostId> served(Handle handle, GroupId group) {
        Instant since = now().minus(settings.silence());
        return AgentTable.list(handle, group).stream()
                .filter(agent -> agent.lastSeen().isAfter(since))
                .map(Agent::hosts)
                .flatMap(Collection::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As {@link #served(Handle, GroupId)}, in a transaction of its own. */
    public Set<HostId> served(GroupId group) {
        return database.read(handle -> served(handle, group));
    }

    /** Forgets the agents and the work of a project that is no more. */
    public void forget(Handle tx, GroupId group) {
        AssignmentTable.deleteAll(tx, group);
        AgentTable.deleteAll(tx, group);
    }

    /** How agents are waited for. */
    AgentsSettings settings() {
        return settings;
    }

    /**
     * Ends what nobody reports on any more, and what nobody took in time: for a room that waits for an assignment in a
     * project whose agents may all be gone.
     */
    public void lapse(GroupId group) {
        Instant now = now();
        database.change(tx -> lapse(tx, group, now, null));
    }

    /** Notes that an agent lives; ends what an earlier instance of it had, and what nobody reports on any more. */
    void heard(GroupId group, String name, String instance, String version, List<HostId> hosts) {
        Instant now = now();
        Agent agent = new Agent(group, name, instance, version, hosts, now, now);
        database.change(tx -> {
            AgentTable.seen(tx, agent);
            lapse(tx, group, now, agent);
        });
    }

    /** {@code heard}: the agent that speaks, or null. */
    private void lapse(Handle tx, GroupId group, Instant now, Agent heard) {
        Map<Assignment, String> failed = new LinkedHashMap<>();
        for (Row row : AssignmentTable.inState(tx, group, AssignmentState.LEASED)) {
            Assignment held = row.assignment();
            boolean isFormer = heard != null
                    && held.agent().equals(heard.name())
                    && !row.instance().equals(heard.instance());
            if (isFormer || !held.heldUntil().isAfter(now)) {
                String why = "agent " + held.agent() + (isFormer ? " was started again" : " went silent");
                if (attemptEnded(tx, row, why, now, now)) {
                    failed.put(held, why);
                }
            }
        }
        for (Row row : AssignmentTable.inState(tx, group, AssignmentState.OPEN)) {
            if (!row.notAfter().isAfter(now)) {
                Assignment open = row.assignment();
                String last = open.reason();
                String why = last == null ? "no agent took it in time" : "not done in time; last: " + last;
                if (AssignmentTable.end(tx, open.id(), AssignmentState.FAILED, null, why, now)) {
                    failed.put(open, why);
                }
            }
        }
        // after the last change, for telling locks the events of the project
        failed.forEach((work, why) -> watch.failed(tx, work, why, now));
    }

    /** Leases the oldest work that may begin on one of {@code hosts}; empty if there is none. */
    Optional<Assignment> take(
            GroupId group, String agent, String instance, List<HostId> hosts, Collection<AssignmentKind> kinds) {
        Instant now = now();
        // most polls find nothing: they read and do not queue for the writer
        if (database.read(handle -> AssignmentTable.startable(handle, group, now))
                .isEmpty()) {
            return Optional.empty();
        }
        return database.write(tx -> {
            for (Row row : AssignmentTable.startable(tx, group, now)) {
                AssignmentId id = row.assignment().id();
                Optional<HostId> host = AssignmentTable.hosts(tx, id).stream()
                        .filter(hosts::contains)
                        .findFirst();
                if (host.isPresent()
                        && kinds.contains(row.assignment().kind())
                        && AssignmentTable.lease(tx, id, agent, instance, host.get(), now.plus(settings.lease()))) {
                    return find(tx, group, id);
                }
            }
            return Optional.empty();
        });
    }

    /**
     * Notes how far an attempt is, and renews its lease.
     *
     * @throws Refusal RESOURCE_NOT_FOUND if the attempt has ended
     */
    void progress(GroupId group, AssignmentId id, int attempt, String step, long done, long total) {
        Instant now = now();
        Instant until = now.plus(settings.lease());
        database.change(tx -> {
            Row row = current(tx, group, id, attempt);
            // it does not ask for work while it has some, and lives all the same
            AgentTable.seenAgain(tx, group, row.assignment().agent(), now);
            AssignmentTable.progress(tx, row.assignment().id(), step, done, total, until);
        });
    }

    /**
     * Ends the work well. Said again, it changes nothing.
     *
     * @throws Refusal RESOURCE_NOT_FOUND if the attempt has ended otherwise
     */
    void done(GroupId group, AssignmentId id, int attempt, ObjectNode result) {
        database.change(tx -> {
            boolean said = find(tx, group, id)
                    .filter(found -> found.state() == AssignmentState.DONE && found.attempt() == attempt)
                    .isPresent();
            if (!said) {
                Row row = current(tx, group, id, attempt);
                Instant now = now();
                if (AssignmentTable.end(tx, row.assignment().id(), AssignmentState.DONE, result, null, now)) {
                    watch.done(tx, row.assignment(), now);
                }
            }
        });
    }

    /**
     * Ends an attempt badly; said again, it changes nothing.
     *
     * @param again whether another may succeed
     * @throws Refusal RESOURCE_NOT_FOUND if the attempt has ended
     */
    void failed(GroupId group, AssignmentId id, int attempt, String reason, boolean again) {
        Instant now = now();
        database.change(tx -> {
            Optional<Assignment> found = find(tx, group, id);
            boolean said = found.filter(last ->
                            last.attempt() == attempt && reason.equals(last.reason()) && last.heldUntil() == null)
                    .isPresent();
            if (said) {
                return;
            }
            Row row = current(tx, group, id, attempt);
            boolean ended = again
                    ? attemptEnded(tx, row, reason, now, now.plus(settings.retryAfter()))
                    : AssignmentTable.end(tx, id, AssignmentState.FAILED, null, reason, now);
            if (ended) {
                watch.failed(tx, row.assignment(), reason, now);
            }
        });
    }

    private Row current(Handle tx, GroupId group, AssignmentId id, int attempt) {
        return AssignmentTable.find(tx, group, id, database.dialect().forUpdate())
                .filter(row -> row.assignment().state() == AssignmentState.LEASED)
                .filter(row -> row.assignment().attempt() == attempt)
                .orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, id.hex())
                        .saying("attempt " + attempt + " of assignment " + id + " is over: it was cancelled, or its"
                                + " lease ran out\nHINT: stop it; another agent may be at work."));
    }

    /** Whether it was the last attempt. */
    private static boolean attemptEnded(Handle tx, Row row, String reason, Instant now, Instant notBefore) {
        AssignmentId id = row.assignment().id();
        if (row.assignment().attempt() >= row.maxAttempts()) {
            return AssignmentTable.end(tx, id, AssignmentState.FAILED, null, reason, now);
        }
        AssignmentTable.reopen(tx, id, reason, notBefore);
        return false;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
