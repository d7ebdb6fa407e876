package dev.holdfast.agent.upload;

import dev.holdfast.agent.link.AgentLink;
import dev.holdfast.agent.source.DataDirectory;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.PartId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sends blocks that a commit found missing: reads them once more from the files that the list says they are in. */
final class Resend {
    private final AgentLink link;
    private final PartId part;
    private final DataDirectory directory;
    private final Worker worker;
    private final int blockSize;
    private final byte[] plain;

    Resend(AgentLink link, PartId part, DataDirectory directory, Worker worker, int blockSize) {
        this.link = link;
        this.part = part;
        this.directory = directory;
        this.worker = worker;
        this.blockSize = blockSize;
        this.plain = new byte[blockSize];
    }

    /** Sends {@code blocks}; answers how many bytes that took. */
    long send(Path fileList, Set<BlockId> blocks) throws InterruptedException {
        Set<BlockId> left = new HashSet<>(blocks);
        long sent = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(fileList), 1 << 16)) {
            FileListReader list = new FileListReader(in, blockSize);
            List<byte[]> frames = new ArrayList<>();
            BlockId[] ids = new BlockId[1024];
            for (FileEntry entry = list.next(); entry != null && !left.isEmpty(); entry = list.next()) {
                long offset = 0;
                for (int n = list.readBlocks(ids); n > 0; n = list.readBlocks(ids)) {
                    for (int i = 0; i < n; i++, offset += blockSize) {
                        if (left.remove(ids[i])) {
                            frames.add(frame(entry, offset, ids[i]));
                        }
                        if (frames.size() * (long) blockSize >= Batch.BYTES) {
                            sent += Frames.send(link, part, frames);
                            frames.clear();
                        }
                    }
                }
            }
            sent += Frames.send(link, part, frames);
        } catch (IOException e) {
            throw new CaptureFailed(
                    "the list of files cannot be read again: " + e.getMessage()
                            + "\nHINT: does something clean the directory for temporary files (java.io.tmpdir)?",
                    e);
        }
        if (!left.isEmpty()) {
            throw new CaptureFailed("the server wants block " + left.iterator().next() + ", which is in no file"
                    + "\nHINT: agent and server may be of different versions");
        }
        return sent;
    }

    private byte[] frame(FileEntry entry, long offset, BlockId id) {
        int length = (int) Math.min(blockSize, entry.size() - offset);
        directory.readAgain(entry, offset, plain, length);
        if (!worker.id(plain, 0, length).equals(id)) {
            throw directory.changed(entry);
        }
        return worker.frame(id, plain, 0, length);
    }
}
