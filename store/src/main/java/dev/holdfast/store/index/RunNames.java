package dev.holdfast.store.index;

import dev.holdfast.contract.id.GroupId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How runs are called as blobs. */
public final class RunNames {
    /** What the name of every run begins with. */
    public static final String PREFIX = "index/";

    private static final Pattern NAME = Pattern.compile("index/([0-9a-f]{24})/([0-9a-f]{32})\\.run");

    private RunNames() {}

    static String name(GroupId project, String run) {
        return prefix(project) + run + ".run";
    }

    /** What the names of a project's runs begin with. */
    public static String prefix(GroupId project) {
        return PREFIX + project + "/";
    }

    /** The id of the run with that name, or empty if it is no run's name. */
    static Optional<String> run(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    /** The project of the run with that name, or empty if it is no run's name. */
    static Optional<GroupId> project(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(new GroupId(matcher.group(1))) : Optional.empty();
    }
}
