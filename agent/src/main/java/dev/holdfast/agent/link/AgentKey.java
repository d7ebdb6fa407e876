package dev.holdfast.agent.link;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A project's agent key. It comes from the environment or a file that only its owner can read, never from a flag: the
 * process list shows flags to everybody.
 */
public final class AgentKey {
    /** Environment variable that holds the key. */
    public static final String VARIABLE = "HOLDFAST_AGENT_KEY";

    private static final int MAX_FILE = 4096;

    private final String secret;

    private AgentKey(String secret, String where) {
        if (secret.isEmpty() || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CaptureFailed("the agent key in " + where + " is empty or has a character that no key has\n"
                    + "HINT: it must be the key alone, as it was shown when it was made");
        }
        this.secret = secret;
    }

    /** The key that is {@code secret}, for a program that has it in memory; {@code where} names its origin in errors. */
    public static AgentKey of(String secret, String where) {
        return new AgentKey(secret, where);
    }

    /**
     * The key in {@code keyFile} if that is not null, else in the variable {@link #VARIABLE} of {@code environment}.
     *
     * @throws CaptureFailed if neither has one, or others than the file's owner can read it
     */
    public static AgentKey find(Path keyFile, Map<String, String> environment) {
        if (keyFile != null) {
            return ofFile(keyFile);
        }
        String secret = environment.get(VARIABLE);
        if (secret == null) {
            throw new CaptureFailed(
                    "no agent key: " + VARIABLE + " is not set\nHINT: put the key into that variable, or"
                            + " into a file with mode 0600 and name the file");
        }
        return new AgentKey(secret.strip(), VARIABLE);
    }

    private static AgentKey ofFile(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new CaptureFailed(file + " is a directory, not a key file\nHINT: name the file in it");
            }
            Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
            others.addAll(Files.getPosixFilePermissions(file));
            others.removeAll(Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));
            if (!others.isEmpty()) {
                throw new CaptureFailed("others can read the key file " + file + "\nHINT: chmod 600 " + file);
            }
            if (Files.size(file) > MAX_FILE) {
                throw new CaptureFailed(file + " is too large for a key file\nHINT: it must hold the key alone");
            }
            return new AgentKey(Files.readString(file).strip(), file.toString());
        } catch (NoSuchFileException e) {
            throw new CaptureFailed(
                    "there is no key file " + file + "\nHINT: write the agent key into it, mode 0600", e);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the key file " + file + " cannot be read by this user" + "\nHINT: ls -l " + file
                            + " tells who may; it should be yours, mode 0600",
                    e);
        }
    }

    /** The value of the Authorization header. */
    public String authorization() {
        return "Bearer " + secret;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "agent key";
    }
}
