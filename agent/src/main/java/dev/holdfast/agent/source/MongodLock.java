package dev.holdfast.agent.source;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What {@code mongod.lock} tells. A running mongod holds a POSIX lock on it, and writes its process id into it; a clean
 * stop empties it. Java's file locks are POSIX locks too, so trying for a shared one shows whether another process has
 * one, and on a read-only channel it changes nothing.
 */
enum MongodLock {
    /** There is none, or it is empty: mongod was stopped cleanly. */
    RESTING,
    /** It is not empty, but no process holds it: mongod was killed, or this is a file-system snapshot of a running one. */
    LEFT_BEHIND,
    /** Another process holds it: mongod runs on this directory. */
    LIVE;

    static final String NAME = "mongod.lock";

    /** Probes the lock of a data directory. */
    static MongodLock of(Path directory) {
        try (FileChannel channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.READ)) {
            // closed with the channel
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            if (lock == null) {
                return LIVE;
            }
            return channel.size() > 0 ? LEFT_BEHIND : RESTING;
        } catch (OverlappingFileLockException e) {
            return LIVE;
        } catch (NoSuchFileException e) {
            return RESTING;
        } catch (IOException e) {
            CaptureFailed failed = SourceTrouble.unreadable(NAME.getBytes(StandardCharsets.US_ASCII), e);
            throw new CaptureFailed("whether mongod is running cannot be told: " + failed.getMessage(), e);
        }
    }
}
