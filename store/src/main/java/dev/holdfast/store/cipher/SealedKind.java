package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import java.util.Optional;

/** The kinds of files that are sealed; everything else in a store has no secret. */
enum SealedKind {
    PACK("packs/", "HOLDPACK", 0),
    ROOT("manifests/", "HOLDROOT", 64 << 10),
    PAGE("pages/", "HOLDPAGE", 64 << 10),
    FORWARD("forwards/", "HOLDFWRD", 16 << 10),
    // looked up by pages of 4 KB here and there
    RUN("index/", "HOLDIRUN", 16 << 10);

    private final String prefix;
    private final String magic;
    private final int frame;

    SealedKind(String prefix, String magic, int frame) {
        this.prefix = prefix;
        this.magic = magic;
        this.frame = frame;
    }

    /** The kind of the blob with that name, or null. */
    static SealedKind of(String name) {
        for (SealedKind kind : values()) {
            if (name.startsWith(kind.prefix)) {
                return kind;
            }
        }
        return null;
    }

    String prefix() {
        return prefix;
    }

    String magic() {
        return magic;
    }

    /** Plain bytes of a frame; 0 in a pack, where each segment is one. */
    int frame() {
        return frame;
    }

    /** The project of a name of this kind, or empty when it is not called like one of ours. */
    Optional<GroupId> project(String name) {
        int slash = name.indexOf('/', prefix.length());
        return slash < 0 ? Optional.empty() : GroupId.parse(name.substring(prefix.length(), slash));
    }
}
