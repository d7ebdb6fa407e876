package dev.holdfast.server.snapshot;

import dev.holdfast.contract.id.PartId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which parts cannot be restored because stored bytes that they need are damaged. Whoever reads the store says so. */
public final class DamagedParts {
    /** Makes none: all its methods work within a caller's transaction. */
    public DamagedParts() {}

    /** Marks a part, or says another reason; nothing if there is no such part. */
    public void mark(Handle tx, PartId part, String reason) {
        tx.execute("UPDATE snapshot_part SET damaged = ? WHERE id = ?", reason, part.hex());
    }

    /** Takes a mark back: the part was read again, and every byte was right. */
    public void clear(Handle tx, PartId part) {
        tx.execute("UPDATE snapshot_part SET damaged = NULL WHERE id = ?", part.hex());
    }

    /** Why a part cannot be restored; empty if nothing is known against it. */
    public Optional<String> reason(Handle handle, PartId part) {
        return handle.createQuery("SELECT damaged FROM snapshot_part WHERE id = ? AND damaged IS NOT NULL")
                .bind(0, part.hex())
                .mapTo(String.class)
                .findOne();
    }

    /** Every marked part, with the reason. */
    public Map<PartId, String> all(Handle handle) {
        Map<PartId, String> all = new LinkedHashMap<>();
        handle.createQuery("SELECT id, damaged FROM snapshot_part WHERE damaged IS NOT NULL ORDER BY id")
                .map((row, context) -> Map.entry(new PartId(row.getString("id")), row.getString("damaged")))
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }
}
