package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.PartId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What this room asks about damage. */
@FunctionalInterface
public interface DamageFinder {
    /** Why a part cannot be restored; empty if nothing is known against it. */
    Optional<String> reason(Handle tx, PartId part);
}
