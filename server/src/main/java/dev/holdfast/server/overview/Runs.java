package dev.holdfast.server.overview;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.publicapi.RunJson;
import dev.holdfast.database.Database;
import dev.holdfast.server.agents.Agents;
import dev.holdfast.server.agents.Assignment;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.restorejob.AgentRestores;
import dev.holdfast.server.restorejob.RestoreJob;
import dev.holdfast.server.schedule.Plans;
import dev.holdfast.server.schedule.SeenRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What the agents of a project were asked for, of both kinds in one list, newest first. */
public final class Runs {
    /** Two lists are merged in memory, so nobody turns pages for ever. */
    static final int MOST = 5000;

    private final Database database;
    private final Agents agents;
    private final AgentRestores restores;
    private final Plans plans = new Plans();

    /** Does no I/O. */
    public Runs(Database database, Agents agents, AgentRestores restores) {
        this.database = database;
        this.agents = agents;
        this.restores = restores;
    }

    /** A page; {@code total}: of all pages. */
    record Page(List<RunJson> runs, long total) {}

    /** One of the two. */
    private record Entry(Instant begun, String id, SeenRun run, RestoreJob job) {
        static Entry of(SeenRun run) {
            return new Entry(run.begun(), run.id(), run, null);
        }

        static Entry of(RestoreJob job) {
            return new Entry(job.created(), job.id().hex(), null, job);
        }
    }

    /** A page of them. */
    Page page(GroupId group, Paging paging) {
        long total = database.read(handle -> plans.count(handle, group) + restores.count(handle, group));
        int most = (int) Math.min(MOST, paging.offset() + paging.itemsPerPage());
        List<Entry> page = database.read(handle -> entries(handle, group, most)).stream()
                .limit(most)
                .skip(paging.offset())
                .toList();
        List<RunJson> shown = documents(page);
        if (shown.stream().anyMatch(Runs::isOpen)) {
            // an agent that died says so to nobody: ends are found out when somebody looks
            agents.lapse(group);
            shown = documents(page);
        }
        return new Page(shown, Math.min(total, MOST));
    }

    private List<Entry> entries(Handle handle, GroupId group, int most) {
        List<Entry> entries = new ArrayList<>();
        plans.newest(handle, group, most).forEach(run -> entries.add(Entry.of(run)));
        restores.newest(handle, group, most).forEach(job -> entries.add(Entry.of(job)));
        entries.sort(Comparator.comparing(Entry::begun).thenComparing(Entry::id).reversed());
        return entries;
    }

    private List<RunJson> documents(List<Entry> page) {
        return database.read(handle -> {
            Map<String, SeenRun> runs = new HashMap<>();
            plans.withWork(handle, some(page, Entry::run)).forEach(run -> runs.put(run.id(), run));
            List<JobId> jobs =
                    some(page, Entry::job).stream().map(RestoreJob::id).toList();
            Map<JobId, List<AssignmentId>> ofJobs = restores.work(handle, jobs);
            Set<AssignmentId> wanted = new HashSet<>();
            runs.values().forEach(run -> wanted.addAll(run.work()));
            ofJobs.values().forEach(wanted::addAll);
            Map<AssignmentId, Assignment> work = agents.all(handle, wanted);
            List<RunJson> shown = new ArrayList<>();
            for (Entry entry : page) {
                if (entry.job() != null) {
                    List<AssignmentId> ids = ofJobs.getOrDefault(entry.job().id(), List.of());
                    shown.add(RunDocument.of(entry.job(), found(ids, work), ids.size()));
                } else if (runs.containsKey(entry.id())) {
                    SeenRun run = runs.get(entry.id());
                    shown.add(RunDocument.of(run, found(run.work(), work)));
                }
            }
            return shown;
        });
    }

    private static <T> List<T> some(List<Entry> page, Function<Entry, T> part) {
        return page.stream().map(part).filter(Objects::nonNull).toList();
    }

    private static List<Assignment> found(List<AssignmentId> ids, Map<AssignmentId, Assignment> work) {
        return ids.stream().map(work::get).filter(Objects::nonNull).toList();
    }

    private static boolean isOpen(RunJson run) {
        return run.work().stream()
                .map(RunJson.WorkJson::stateName)
                .anyMatch(state -> state.equals(RunDocument.QUEUED) || state.equals(RunDocument.RUNNING));
    }
}
