package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.store.blob.BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBlobsTest {
    @TempDir
    private Path folder;

    private DataDirectory data;
    private ServerConfig bucket;

    @BeforeEach
    void make() throws Exception {
        data = new DataDirectory(folder.resolve("data"));
        data.create();
        // nothing listens there, and no test gets so far
        bucket = ServerConfig.load(Files.writeString(
                folder.resolve("holdfast.conf"),
                "store.s3 { bucket = backups, prefix = a, endpoint = \"http://127.0.0.1:1\" }"));
    }

    @Test
    void diskIsRefused_whenTheStoreIsInABucket_andTheFileSaysInWhich() throws Exception {
        StoreBlobs.remember(data, bucket);
        StoreBlobs.remember(data, bucket);
        assertThat(Files.readString(data.bucket())).isEqualTo("s3://backups/a/ at http://127.0.0.1:1\n");
        assertThatThrownBy(() -> open(ServerConfig.defaults()))
                .isInstanceOf(ConfigProblems.class)
                .hasMessageContaining("store.s3.bucket is needed")
                .hasMessageContaining(data.bucket().toString());
    }

    @Test
    void bucketIsRefused_whenTheStoreIsOnTheDisk() throws Exception {
        try (BlobStore blobs = open(ServerConfig.defaults())) {
            blobs.put("store", new byte[1]);
        }
        StoreBlobs.remember(data, ServerConfig.defaults());
        assertThat(data.bucket()).doesNotExist();
        assertThatThrownBy(() -> open(bucket))
                .isInstanceOf(ConfigProblems.class)
                .hasMessageContaining("has its store on the disk");
    }

    private BlobStore open(ServerConfig config) {
        return StoreBlobs.open(data, config, Clock.systemUTC(), new SecureRandom());
    }
}
