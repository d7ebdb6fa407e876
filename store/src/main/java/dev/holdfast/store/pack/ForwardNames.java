package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How forwarding records are called as blobs: like the packs that they stand for, in a folder of their own. */
public final class ForwardNames {
    /** What the name of every record begins with. */
    public static final String PREFIX = "forwards/";

    private static final Pattern NAME =
            Pattern.compile("forwards/([0-9a-f]{24})/([0-9a-f]{2})/(\\2[0-9a-f]{30})\\.forward");

    private ForwardNames() {}

    /** The blob of the record for a pack. */
    public static String name(GroupId project, PackId pack) {
        return PREFIX + project + "/" + pack.hex().substring(0, 2) + "/" + pack + ".forward";
    }

    /** Reads a blob's name, or answers empty if it is no record's name. */
    public static Optional<PackNames.Name> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new PackNames.Name(new GroupId(matcher.group(1)), new PackId(matcher.group(3))))
                : Optional.empty();
    }

    /** Every pack of a project that has a record. */
    public static SortedSet<PackId> list(BlobStore blobs, GroupId project) {
        SortedSet<PackId> packs = new TreeSet<>();
        for (String name : blobs.list(PREFIX + project + "/")) {
            parse(name).map(PackNames.Name::pack).ifPresent(packs::add);
        }
        return packs;
    }

    /** Every record of a project, by its pack, as a listing tells of it. */
    public static Map<PackId, BlobEntry> survey(BlobStore blobs, GroupId project) {
        Map<PackId, BlobEntry> records = new HashMap<>();
        for (BlobEntry entry : blobs.survey(PREFIX + project + "/")) {
            parse(entry.name()).ifPresent(name -> records.put(name.pack(), entry));
        }
        return records;
    }

    /** Every project that has a record. */
    public static Set<GroupId> projects(BlobStore blobs) {
        Set<GroupId> projects = new LinkedHashSet<>();
        for (String name : blobs.list(PREFIX)) {
            parse(name).map(PackNames.Name::project).ifPresent(projects::add);
        }
        return projects;
    }

    /**
     * Every sealed pack of a project in which blocks may still be found: one that has a record is about to go, and its
     * blocks are elsewhere.
     */
    public static SortedSet<PackId> unforwarded(BlobStore blobs, GroupId project) {
        // packs first: whatever is forwarded meanwhile is then in the second list
        SortedSet<PackId> packs = PackNames.list(blobs, project);
        packs.removeAll(list(blobs, project));
        return packs;
    }
}
