package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.AssignmentId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code restore_target}. */
final class TargetTable {
    private static final String SELECT = "SELECT job_id, group_id, host_id, assignment_id FROM restore_target";

    private TargetTable() {}

    /** A host that a job is restored to, and who was told to. */
    record Row(JobId job, GroupId group, HostId host, AssignmentId assignment) {}

    static void insert(Handle tx, int position, Row row) {
        tx.execute(
                "INSERT INTO restore_target (job_id, position, group_id, host_id, assignment_id)"
                        + " VALUES (?, ?, ?, ?, ?)",
                row.job().hex(),
                position,
                row.group().hex(),
                row.host().hex(),
                row.assignment().hex());
    }

    /** The hosts of some jobs, each job's in order. */
    static Map<JobId, List<Row>> ofJobs(Handle handle, Collection<JobId> jobs) {
        Map<JobId, List<Row>> found = new LinkedHashMap<>();
        handle.createQuery(SELECT + " WHERE job_id IN (<ids>) ORDER BY job_id, position")
                .bindList("ids", jobs.stream().map(JobId::hex).toList())
                .map((row, context) -> row(row))
                .forEach(row -> found.computeIfAbsent(row.job(), id -> new ArrayList<>())
                        .add(row));
        return found;
    }

    static Optional<Row> ofAssignment(Handle handle, GroupId group, AssignmentId assignment) {
        return handle.createQuery(SELECT + " WHERE assignment_id = ? AND group_id = ?")
                .bind(0, assignment.hex())
                .bind(1, group.hex())
                .map((row, context) -> row(row))
                .findOne();
    }

    /**
     * Locks what decides how a job ends, so that of two hosts that end at once the second sees the first; false if it was
     * told already. One row, and none that a kill locks.
     */
    static boolean lockUntold(Handle tx, JobId job) {
        return tx.execute(
                        "UPDATE restore_target SET end_told = 0 WHERE job_id = ? AND position = 0 AND end_told = 0",
                        job.hex())
                == 1;
    }

    /** Notes that the end of a job is told. */
    static void setTold(Handle tx, JobId job) {
        tx.execute("UPDATE restore_target SET end_told = 1 WHERE job_id = ? AND position = 0", job.hex());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new JobId(row.getString("job_id")),
                new GroupId(row.getString("group_id")),
                new HostId(row.getString("host_id")),
                new AssignmentId(row.getString("assignment_id")));
    }
}
