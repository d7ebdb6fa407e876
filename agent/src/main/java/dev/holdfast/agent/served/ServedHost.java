package dev.holdfast.agent.served;

import dev.holdfast.agent.freeze.FreezeCommands;
import dev.holdfast.contract.id.HostId;
import java.nio.file.Path;
import java.util.Set;

/**
 * A host whose data directory an agent reaches.
 *
 * @param id the host in the API
 * @param directory its data directory, or where a file-system snapshot of it is mounted while it is frozen
 * @param frozen whether its files do not change though a mongod may be running, without any program being run
 * @param commands the programs that freeze it
 * @param follow symbolic links, as paths relative to the directory, to be stored as what they point to
 * @param storageEngine as mongod names it; null to be told by the files
 * @param mongodOptions options to start mongod with; null when unknown
 * @param masterKeyUuid KMIP id of mongod's master key if mongod encrypts its files, else null
 */
public record ServedHost(
        HostId id,
        Path directory,
        boolean frozen,
        FreezeCommands commands,
        Set<String> follow,
        String storageEngine,
        String mongodOptions,
        String masterKeyUuid) {
    /** Copies the set. */
    public ServedHost {
        follow = Set.copyOf(follow);
    }

    /** A directory that nothing changes and of which nothing else is known. */
    public static ServedHost of(HostId id, Path directory) {
        return new ServedHost(id, directory, false, FreezeCommands.NONE, Set.of(), null, null, null);
    }
}
