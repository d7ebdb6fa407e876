package dev.holdfast.agent.link;

import dev.holdfast.contract.chunk.BlockId;
import java.util.Set;

/** A commit could not be made because blocks are not in the store: send them and commit again. */
public final class BlocksWanted extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Set<BlockId> blocks;

    /** Names them. */
    public BlocksWanted(Set<BlockId> blocks) {
        super(blocks.size() + " blocks are wanted");
        this.blocks = Set.copyOf(blocks);
    }

    /** Their ids, never null. */
    public Set<BlockId> blocks() {
        return blocks == null ? Set.of() : blocks;
    }
}
