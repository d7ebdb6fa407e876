package dev.holdfast.server.access;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The file {@code secrets.key}, from which every secret of the access room is derived. Nodes of one installation share
 * it, so each accepts the others' nonces and reads the keys in the database.
 *
 * <p>One line {@code holdfast-secret-1 <64 hexadecimal digits>}. To change it, put a new line above the old one on every
 * node: the first line makes nonces and seals keys, each line is accepted, and {@link Keys#reseal} moves the stored keys
 * to the first; then the old line may go. Losing the file means making every API key anew, nothing else.
 */
public final class SecretsKey {
    private static final String LINE = "holdfast-secret-1 ";
    private static final int SECRET_BYTES = 32;
    private static final int MAX_FILE_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final List<Secret> secrets;

    private SecretsKey(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * Reads the file, or makes it when there is none. The new file appears under its name whole or not at all, and of
     * two processes that make it at once, both use the one that came first.
     *
     * @throws Unavailable if it cannot be read or made, is not such a file, or others than its owner may read it
     */
    public static SecretsKey open(Path file, SecureRandom random) {
        try {
            if (Files.notExists(file)) {
                create(file, random);
            }
            return read(file);
        } catch (IOException e) {
            throw new Unavailable(
                    "the secrets file " + file + " cannot be read or made: " + e
                            + "\nHINT: give the user that runs Holdfast the file (mode 0600) and its folder.",
                    e);
        }
    }

    /** The secret that new nonces and sealed keys are made with. */
    Secret current() {
        return secrets.get(0);
    }

    /** The secret with this id, or null. */
    Secret byId(String id) {
        for (Secret secret : secrets) {
            if (secret.id().equals(id)) {
                return secret;
            }
        }
        return null;
    }

    /**
     * Keys for a use outside of this room, one for each line: the first is to be used, each is to be accepted.
     *
     * @param label names the use; another label gives other keys
     * @param algorithm {@code HmacSHA256} or {@code AES}
     */
    public List<DerivedKey> derived(String label, String algorithm) {
        return secrets.stream()
                .map(secret -> new DerivedKey(secret.id(), secret.derive(label, algorithm)))
                .toList();
    }

    /** Every secret in use, the current one first. */
    List<Secret> all() {
        return secrets;
    }

    private static SecretsKey read(Path file) throws IOException {
        refuseIfOthersMayRead(file);
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw malformed(file);
        }
        List<Secret> secrets = new ArrayList<>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String text = line.strip();
            if (!text.isEmpty()) {
                secrets.add(secret(file, text));
            }
        }
        if (secrets.isEmpty()) {
            throw malformed(file);
        }
        return new SecretsKey(secrets);
    }

    private static Secret secret(Path file, String line) {
        if (!line.startsWith(LINE) || line.length() != LINE.length() + 2 * SECRET_BYTES) {
            throw malformed(file);
        }
        try {
            return new Secret(HexFormat.of().parseHex(line.substring(LINE.length())));
        } catch (IllegalArgumentException e) {
            // without the cause: its text would show part of the secret
            throw malformed(file);
        }
    }

    private static void refuseIfOthersMayRead(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        for (PosixFilePermission permission : permissions) {
            if (permission.name().startsWith("GROUP") || permission.name().startsWith("OTHERS")) {
                throw new Unavailable("others than its owner may use the secrets file " + file + " ("
                        + PosixFilePermissions.toString(permissions) + ")"
                        + "\nHINT: chmod 600 the file; if others may have read it, replace it and make new API keys.");
            }
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] content = (LINE + HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        Path folder = file.toAbsolutePath().getParent();
        Path draft = folder.resolve(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".tmp");
        try {
            writeDraft(draft, content);
            publish(draft, file);
        } catch (FileAlreadyExistsException e) {
            // another process was faster: its file is as good as ours, and is read next
        } finally {
            Files.deleteIfExists(draft);
        }
        sync(folder);
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            // a hard link, unlike a rename, never replaces the file of a node that was faster
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // a file system without hard links; here two that begin at the same moment could meet
            Files.move(draft, file);
        }
    }

    private static void writeDraft(Path draft, byte[] content) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = draft.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (FileChannel channel = posix
                ? FileChannel.open(draft, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(draft, options)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Unavailable malformed(Path file) {
        return new Unavailable("the secrets file " + file + " is not one: each line must be '" + LINE
                + "' and 64 hexadecimal digits"
                + "\nHINT: bring it back from a backup or from another node. Without it, move it away and make new API"
                + " keys.");
    }
}
