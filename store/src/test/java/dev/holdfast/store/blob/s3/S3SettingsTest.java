package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    private static S3Settings with(String bucket, String prefix, String endpoint) {
        return new S3Settings(
                bucket, prefix, null, endpoint == null ? null : URI.create(endpoint), true, Duration.ofSeconds(1), 1);
    }

    @Test
    void prefix_endsWithASlash_unlessThereIsNone() {
        assertThat(with("backups", "a/b", null).prefix()).isEqualTo("a/b/");
        assertThat(with("backups", "a/b/", null).prefix()).isEqualTo("a/b/");
        assertThat(with("backups", "", null).prefix()).isEmpty();
        assertThat(with("backups", "a", "https://s3.example.net:9000").place())
                .isEqualTo("s3://backups/a/ at https://s3.example.net:9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a//b", "a b", "a?b"})
    void oddPrefixes_areRefused(String prefix) {
        assertThatThrownBy(() -> with("backups", prefix, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "-ab", "my bucket"})
    void oddBuckets_areRefused(String bucket) {
        assertThatThrownBy(() -> with(bucket, "", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "h:9000", "https://u:s3cret@h", "https://h/s3cret", "https:///x"})
    void oddEndpoints_areRefused_andNotQuoted(String endpoint) {
        assertThatThrownBy(() -> with("backups", "", endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
