package dev.holdfast.dist.command;

import dev.holdfast.server.DataDirectory;
import dev.holdfast.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a store from being its own replica, which would promise two copies where there is one. */
final class SamePlace {
    private SamePlace() {}

    static void refuse(DataDirectory data, ServerConfig config, String other) {
        if (other.startsWith("s3://")) {
            String own = config.s3() == null
                    ? ""
                    : "s3://" + config.s3().bucket() + "/" + config.s3().prefix();
            if (own.equals(other) || own.equals(other + "/")) {
                throw same(other);
            }
            return;
        }
        try {
            Path place = Path.of(other);
            if (Files.exists(place)) {
                Path real = place.toRealPath();
                Path store = data.store().toRealPath();
                Path root = data.root().toRealPath();
                if (real.equals(root)
                        || real.startsWith(store)
                        || store.startsWith(real)
                                && Files.exists(real.resolve("store").resolve("store"))) {
                    throw same(other);
                }
            } else if (place.toAbsolutePath()
                    .normalize()
                    .startsWith(data.root().toAbsolutePath().normalize())) {
                throw same(other);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(other + " cannot be looked at: " + e, e);
        }
    }

    private static IllegalArgumentException same(String place) {
        return new IllegalArgumentException(place + " is in the data directory itself, or is its store"
                + "\nHINT: name a place on another disk: a copy on the same one is lost with it.");
    }
}
