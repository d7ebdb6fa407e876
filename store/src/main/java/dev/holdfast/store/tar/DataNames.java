package dev.holdfast.store.tar;

import java.util.Arrays;

/**
 * What names in the archive of a data directory may be: all below one top folder, none that climbs out of it. Names are
 * checked one by one; that none comes twice or lies below a link is for whoever has them all.
 */
public final class DataNames {
    private byte[] top;

    /**
     * The name relative to the top folder; empty for the top folder itself.
     *
     * @throws BadTar if it is absolute, has an empty, {@code .} or {@code ..} part, or lies in another top folder
     */
    public byte[] relative(TarEntry entry) throws BadTar {
        byte[] name = entry.name();
        if (name.length > 1 && name[0] == '.' && name[1] == '/') {
            name = Arrays.copyOfRange(name, 2, name.length); // tar -C DIR ./TOP
        }
        if (name.length == 0 || name[0] == '/') {
            throw new BadTar("entry " + entry.displayName() + " has an absolute name, or none");
        }
        requireParts(entry, name);
        int slash = 0;
        while (slash < name.length && name[slash] != '/') {
            slash++;
        }
        byte[] first = Arrays.copyOf(name, slash);
        if (top == null) {
            top = first;
        } else if (!Arrays.equals(top, first)) {
            throw new BadTar("entry " + entry.displayName() + " is not in the top folder " + TarEntry.display(top)
                    + ": an archive of a data directory has one");
        }
        boolean isTop = slash == name.length;
        if (isTop && entry.type() != TarEntry.Type.DIRECTORY) {
            throw new BadTar("entry " + entry.displayName() + " is in no top folder");
        }
        return isTop ? new byte[0] : Arrays.copyOfRange(name, slash + 1, name.length);
    }

    /** The top folder's name; null before the first entry. */
    public byte[] top() {
        return top == null ? null : top.clone();
    }

    /**
     * Refuses the target of a link that leads out of the top folder.
     *
     * @param path the link's name relative to the top folder
     */
    public static void requireInside(TarEntry link, byte[] path) throws BadTar {
        byte[] target = link.linkTarget();
        int depth = 0; // folders between the top folder and the link
        for (byte b : path) {
            depth += b == '/' ? 1 : 0;
        }
        boolean inside = target.length > 0 && target[0] != '/';
        boolean named = false;
        int start = 0;
        for (int i = 0; i <= target.length && inside; i++) {
            if (i == target.length || target[i] == '/') {
                boolean up = i - start == 2 && target[start] == '.' && target[start + 1] == '.';
                boolean stays = i == start || i - start == 1 && target[start] == '.';
                depth -= up ? 1 : 0;
                // after a name a step up may go anywhere, for the name may be another link's
                inside = depth >= 0 && !(up && named);
                named |= !up && !stays;
                start = i + 1;
            }
        }
        if (!inside) {
            throw new BadTar(
                    "the link " + link.displayName() + " leads out of the archive, to " + TarEntry.display(target));
        }
    }

    private static void requireParts(TarEntry entry, byte[] name) throws BadTar {
        int start = 0;
        for (int i = 0; i <= name.length; i++) {
            if (i == name.length || name[i] == '/') {
                int length = i - start;
                boolean dots = length == 1 && name[start] == '.'
                        || length == 2 && name[start] == '.' && name[start + 1] == '.';
                if (length == 0 || dots) {
                    throw new BadTar("the name of entry " + entry.displayName() + " has an empty, . or .. part");
                }
                start = i + 1;
            } else if (name[i] == 0) {
                throw new BadTar("the name of entry " + entry.displayName() + " has a NUL byte");
            }
        }
    }
}
