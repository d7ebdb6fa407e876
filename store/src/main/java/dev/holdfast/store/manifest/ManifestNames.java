package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import java.util.HexFormat;
import java.util.Optional;

/** Names of the blobs of a manifest. */
final class ManifestNames {
    static final String ROOTS = "manifests/";
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
        return "pages/" + project.hex() + "/" + hex.substring(0, 2) + "/" + hex + ".page";
    }

    /** The project of a root's name, or empty if that is not one. */
    static Optional<GroupId> project(String root) {
        int slash = root.indexOf('/', ROOTS.length());
        return slash < 0 ? Optional.empty() : GroupId.parse(root.substring(ROOTS.length(), slash));
    }

    /** The part of a root's name, or empty if that is not one. */
    static Optional<PartId> part(String root) {
        if (!root.endsWith(ROOT_SUFFIX)) {
            return Optional.empty();
        }
        return PartId.parse(root.substring(root.lastIndexOf('/') + 1, root.length() - ROOT_SUFFIX.length()));
    }
}
