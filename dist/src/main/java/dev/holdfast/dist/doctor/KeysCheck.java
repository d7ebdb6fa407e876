package dev.holdfast.dist.doctor;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.server.StoreBlobs;
import dev.holdfast.server.access.SecretsKey;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.cipher.StoreKeys;
import dev.holdfast.store.packed.DescriptorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code secrets.key}, and the keys of an encrypted store. */
final class KeysCheck implements Check {
    private static final String ABOUT = "keys";

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        List<Finding> found = new ArrayList<>();
        Path secrets = patient.directory().secrets();
        if (!Files.exists(secrets)) {
            found.add(Finding.fail(
                    ABOUT,
                    "there is no " + secrets,
                    "bring it back from a backup or from another node; a start without it makes another one, and then"
                            + " every API key must be made anew."));
        } else {
            try {
                SecretsKey.open(secrets, patient.random()); // which is there, so nothing is made
                found.add(Finding.ok(ABOUT, secrets + " can be read, and by its owner only"));
            } catch (Unavailable e) {
                found.add(Finding.of(ABOUT, Level.FAIL, e, "chmod 600 " + secrets + "."));
            }
        }
        if (patient.settings().encryption() != null) {
            storeKeys(patient, found);
        }
        return found;
    }

    private static void storeKeys(Patient patient, List<Finding> found) throws IOException {
        Path file = patient.settings().encryption().keyFile();
        if (file != null && Files.exists(file)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(one -> one.name().startsWith("OTHERS_"))) {
                found.add(Finding.fail(
                        ABOUT,
                        "everybody may use the key file " + file,
                        "chmod 600 " + file + "; if others may have read it: holdfast store-keys rotate."));
            }
        }
        try (BlobStore blobs =
                StoreBlobs.look(patient.directory(), patient.settings(), patient.clock(), patient.random())) {
            StoreKeys keys = StoreBlobs.keys(blobs);
            if (keys != null && blobs.list(DescriptorFile.NAME).contains(DescriptorFile.NAME)) {
                found.add(Finding.ok(ABOUT, "the store's master key " + keys.probe() + " works"));
            }
        } catch (Unavailable e) {
            found.add(Finding.of(
                    ABOUT,
                    Level.FAIL,
                    e,
                    "bring the master key back: without it nothing can be captured or restored."));
        }
    }
}
