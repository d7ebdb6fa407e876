package dev.holdfast.unpack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;

/** Whose the unpacked files become. */
@FunctionalInterface
public interface Ownership {
    /** Whoever unpacks: nobody but root can give files away. */
    Ownership OF_THIS_USER = (place, uid, gid) -> {};

    /** The numbers in the archive, which are those of the machine that was captured. */
    Ownership OF_THE_ARCHIVE = (place, uid, gid) -> {
        Files.setAttribute(place, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(place, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
    };

    /** Gives {@code place}, which is no link, away; {@code uid} and {@code gid} are what the archive says. */
    void give(Path place, long uid, long gid) throws IOException;

    /** As tar does it: the archive's numbers where root unpacks, else whoever unpacks. */
    static Ownership asTar(Path ownFile) throws IOException {
        return Files.getAttribute(ownFile, "unix:uid").equals(0) ? OF_THE_ARCHIVE : OF_THIS_USER;
    }

    /** One user and group for everything; {@code group} null leaves the group as it is. */
    static Ownership of(UserPrincipal user, GroupPrincipal group) {
        return (place, uid, gid) -> {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(user);
            if (group != null) {
                view.setGroup(group);
            }
        };
    }
}
