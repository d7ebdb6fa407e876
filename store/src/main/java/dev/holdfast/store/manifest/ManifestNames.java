package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import java.util.HexFormat;
import java.util.Optional;

/** Names of the blobs of a manifest. */
final class ManifestNames {
    static final String ROOTS = "manifests/";
    static final String PAGES = "pages/";
    private static final String PAGE_SUFFIX = ".page";
    private static final String ROOT_SUFFIX = ".manifest";

    private ManifestNames() {}

    static String root(GroupId project, PartId part) {
        return roots(project) + part.hex() + ROOT_SUFFIX;
    }

    static String roots(GroupId project) {
        return ROOTS + project.hex() + "/";
    }

    static String page(GroupId project, byte[] sha256) {
        String hex = HexFormat.of().formatHex(sha256);
        return pages(project) + hex.substring(0, 2) + "/" + hex + PAGE_SUFFIX;
    }

    static String pages(GroupId project) {
        return PAGES + project.hex() + "/";
    }

    /** Whether that is how a page of the project is called: nothing else among them is ours to delete. */
    static boolean isPage(GroupId project, String name) {
        int slash = name.lastIndexOf('/');
        if (!name.endsWith(PAGE_SUFFIX) || name.length() - slash - 1 != 2 * Sha256.LENGTH + PAGE_SUFFIX.length()) {
            return false;
        }
        String hex = name.substring(slash + 1, name.length() - PAGE_SUFFIX.length());
        return hex.matches("[0-9a-f]+")
                && name.equals(page(project, HexFormat.of().parseHex(hex)));
    }

    /** The project of a name that begins with {@code prefix}, or empty if it names none. */
    static Optional<GroupId> project(String prefix, String name) {
        int slash = name.indexOf('/', prefix.length());
        return slash < 0 ? Optional.empty() : GroupId.parse(name.substring(prefix.length(), slash));
    }

    /** The part of a root's name, or empty if that is not one. */
    static Optional<PartId> part(String root) {
        if (!root.endsWith(ROOT_SUFFIX)) {
            return Optional.empty();
        }
        return PartId.parse(root.substring(root.lastIndexOf('/') + 1, root.length() - ROOT_SUFFIX.length()));
    }
}
