package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How packs are called as blobs. */
public final class PackNames {
    /** What the name of every pack begins with. */
    public static final String PREFIX = "packs/";

    private static final Pattern NAME = Pattern.compile("packs/([0-9a-f]{24})/([0-9a-f]{2})/(\\2[0-9a-f]{30})\\.pack");

    private PackNames() {}

    /** The blob of a pack. Two digits of the id make a folder, so that no folder grows beyond reason. */
    public static String name(GroupId project, PackId pack) {
        return PREFIX + project + "/" + pack.hex().substring(0, 2) + "/" + pack + ".pack";
    }

    /** What the name of a pack's blob says. */
    public record Name(GroupId project, PackId pack) {}

    /** Reads a blob's name, or answers empty if it is no pack's name. */
    public static Optional<Name> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Name(new GroupId(matcher.group(1)), new PackId(matcher.group(3))))
                : Optional.empty();
    }

    /** Every project that has a sealed pack. */
    public static Set<GroupId> projects(BlobStore blobs) {
        Set<GroupId> projects = new LinkedHashSet<>();
        for (String name : blobs.list(PREFIX)) {
            parse(name).map(Name::project).ifPresent(projects::add);
        }
        return projects;
    }

    /** Every sealed pack of a project. */
    public static SortedSet<PackId> list(BlobStore blobs, GroupId project) {
        SortedSet<PackId> packs = new TreeSet<>();
        for (String name : blobs.list(PREFIX + project + "/")) {
            parse(name).map(Name::pack).ifPresent(packs::add);
        }
        return packs;
    }

    /** Every sealed pack of a project, by id, as a listing tells of it. */
    public static SortedMap<PackId, BlobEntry> survey(BlobStore blobs, GroupId project) {
        SortedMap<PackId, BlobEntry> packs = new TreeMap<>();
        for (BlobEntry entry : blobs.survey(PREFIX + project + "/")) {
            parse(entry.name()).ifPresent(name -> packs.put(name.pack(), entry));
        }
        return packs;
    }
}
