package dev.holdfast.store.index;

class MemoryBlockIndexTest extends BlockIndexContract {
    @Override
    BlockIndex make() {
        return new MemoryBlockIndex();
    }
}
