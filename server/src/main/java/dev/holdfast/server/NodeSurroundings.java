package dev.holdfast.server;

import dev.holdfast.server.overview.Surroundings;
import dev.holdfast.store.cipher.KeyHealth;
import dev.holdfast.store.cipher.StoreKeys;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;

/** The disk below the data directory, and who keeps the store's keys. */
final class NodeSurroundings implements Surroundings {
    private final DataDirectory data;
    private final ServerConfig config;
    private final StoreKeys keys;

    /** {@code keys} null for a store that is not encrypted. */
    NodeSurroundings(DataDirectory data, ServerConfig config, StoreKeys keys) {
        this.data = data;
        this.config = config;
        this.keys = keys;
    }

    @Override
    public Disk disk() {
        if (config.s3() != null) {
            return null;
        }
        try {
            FileStore disk = Files.getFileStore(data.store());
            return new Disk(
                    disk.getUsableSpace(),
                    disk.getTotalSpace(),
                    config.service().minFree());
        } catch (IOException e) {
            // a figure that is missing is shown as that; whether the disk works is asked by /readyz
            return null;
        }
    }

    @Override
    public String keysAway() {
        if (keys == null) {
            return null;
        }
        KeyHealth health = keys.health();
        return health.state() == KeyHealth.State.DOWN ? health.failure() : null;
    }
}
