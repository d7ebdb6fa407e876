package dev.holdfast.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RawNamesProperties {
    @Provide
    Arbitrary<byte[]> relativePath() {
        return Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(255)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(RawNamesProperties::join);
    }

    @Property(tries = 500)
    void bytesBecomeAPathAndComeBack(@ForAll("relativePath") byte[] name) {
        Path directory = Path.of("/tmp/some where");
        Path path = RawNames.resolve(directory, name);
        assertThat(path.startsWith(directory)).isTrue();
        assertThat(RawNames.ofRelative(directory.relativize(path))).isEqualTo(name);
        assertThat(RawNames.ofTarget(path, directory.toString().length() + 1 + name.length))
                .endsWith(name);
    }

    private static byte[] join(List<byte[]> names) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] name : names) {
            if (joined.size() > 0) {
                joined.write('/');
            }
            // relativize() would take dots away
            joined.write('n');
            joined.writeBytes(name);
        }
        return joined.toByteArray();
    }
}
