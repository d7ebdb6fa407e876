package dev.holdfast.store.cipher.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TtlvProperties {
    @Property(tries = 500)
    void whatIsEncoded_isDecodedAgain(@ForAll("items") Ttlv item) throws BadTtlv {
        byte[] bytes = TtlvCodec.encode(item);
        assertThat(bytes.length % 8).isZero();
        Ttlv again = TtlvCodec.decode(bytes);
        assertThat(TtlvCodec.encode(again)).isEqualTo(bytes);
        assertThat(again.tag()).isEqualTo(item.tag());
        assertThat(again.type()).isEqualTo(item.type());
    }

    @Property(tries = 2000)
    void anyBytes_areDecodedOrRefused(@ForAll byte[] bytes) {
        decodeOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void damagedMessages_areDecodedOrRefused(
            @ForAll("items") Ttlv item, @ForAll int at, @ForAll byte value, @ForAll int cut) {
        byte[] bytes = TtlvCodec.encode(item);
        bytes[Math.floorMod(at, bytes.length)] = value;
        decodeOrRefuse(bytes);
        decodeOrRefuse(Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length)));
    }

    @Property(tries = 200)
    void everyTruncation_isRefused(@ForAll("items") Ttlv item, @ForAll int cut) {
        byte[] bytes = TtlvCodec.encode(item);
        byte[] less = Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length));
        assertThatThrownBy(() -> TtlvCodec.decode(less)).isInstanceOf(BadTtlv.class);
    }

    @Example
    void specificationExamples_areEncodedAsPrinted() {
        // 9.1.2 of the specification
        assertThat(TtlvCodec.encode(Ttlv.integer(0x420020, 8)))
                .asHexString()
                .isEqualTo("42002002000000040000000800000000");
        assertThat(TtlvCodec.encode(new Ttlv(0x420020, TtlvType.LONG, 123456789000000000L)))
                .asHexString()
                .isEqualTo("420020030000000801B69B4BA5749200");
        assertThat(TtlvCodec.encode(Ttlv.enumeration(0x420020, 255)))
                .asHexString()
                .isEqualTo("4200200500000004000000FF00000000");
        assertThat(TtlvCodec.encode(new Ttlv(0x420020, TtlvType.BOOLEAN, true)))
                .asHexString()
                .isEqualTo("42002006000000080000000000000001");
        assertThat(TtlvCodec.encode(Ttlv.text(0x420020, "Hello World")))
                .asHexString()
                .isEqualTo("420020070000000B48656C6C6F20576F726C640000000000");
        assertThat(TtlvCodec.encode(Ttlv.bytes(0x420020, new byte[] {1, 2, 3})))
                .asHexString()
                .isEqualTo("42002008000000030102030000000000");
        assertThat(TtlvCodec.encode(
                        Ttlv.structure(0x420020, Ttlv.enumeration(0x420004, 254), Ttlv.integer(0x420005, 255))))
                .asHexString()
                .isEqualTo("42002001000000204200040500000004000000FE000000004200050200000004000000FF00000000");
    }

    @Example
    void deepNesting_isRefused_notFollowed() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * 5000);
        for (int level = 5000; level > 0; level--) {
            bytes.putInt(0x42002001).putInt(8 * (level - 1));
        }
        assertThatThrownBy(() -> TtlvCodec.decode(bytes.array()))
                .isInstanceOf(BadTtlv.class)
                .hasMessageContaining("levels");
    }

    @Example
    void keysAreNotInTexts() {
        assertThat(Ttlv.text(0x4200A1, "password").toString()).doesNotContain("password");
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            TtlvCodec.decode(bytes);
        } catch (BadTtlv e) {
            assertThat(e).hasMessageContaining("not as KMIP has it");
        }
    }

    @Provide
    Arbitrary<Ttlv> items() {
        return Arbitraries.lazyOf(TtlvProperties::leaves, TtlvProperties::leaves, this::structures);
    }

    private Arbitrary<Ttlv> structures() {
        return Combinators.combine(tags(), items().list().ofMaxSize(4))
                .as((Integer tag, List<Ttlv> inner) ->
                        depth(inner) > 8 ? Ttlv.structure(tag) : Ttlv.structure(tag, inner));
    }

    private static int depth(List<Ttlv> items) {
        int deepest = 0;
        for (Ttlv item : items) {
            if (item.value() instanceof List<?> inner) {
                deepest = Math.max(
                        deepest, 1 + depth(inner.stream().map(Ttlv.class::cast).toList()));
            }
        }
        return deepest;
    }

    private static Arbitrary<Ttlv> leaves() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.strings()
                        .ofMaxLength(40)
                        .filter(text -> !text.contains("\ufffd"))
                        .asGeneric(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(70).asGeneric());
        return Combinators.combine(tags(), values).as(TtlvProperties::leaf);
    }

    private static Ttlv leaf(int tag, Object value) {
        if (value instanceof Integer number) {
            return number % 2 == 0 ? Ttlv.integer(tag, number) : Ttlv.enumeration(tag, number);
        } else if (value instanceof Long) {
            return new Ttlv(tag, TtlvType.DATE_TIME, value);
        } else if (value instanceof Boolean) {
            return new Ttlv(tag, TtlvType.BOOLEAN, value);
        }
        return value instanceof String text ? Ttlv.text(tag, text) : Ttlv.bytes(tag, (byte[]) value);
    }

    private static Arbitrary<Integer> tags() {
        return Arbitraries.integers().between(0x420001, 0x4200ff);
    }
}
