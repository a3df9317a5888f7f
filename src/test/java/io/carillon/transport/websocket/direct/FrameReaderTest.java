package io.carillon.transport.websocket.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 5: what a client may send, and what it may not. */
class FrameReaderTest {
    private static final int LIMIT = 70_000;

    @Test
    void theExampleOfTheRfc() {
        byte[] masked = {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58};
        assertThat(read(masked)).containsExactly("Text[text=Hello]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT})
    void textsOfEveryLength(int length) {
        String text = "x".repeat(length);
        assertThat(read(new ClientFrames().text(text).text("after"))).containsExactly(heard(text), heard("after"));
    }

    @Test
    void aMessageInPiecesWithAPingBetweenThem() {
        assertThat(read(new ClientFrames()
                        .frame(0x01, new byte[] {'a', (byte) 0xc3}) // half of a character
                        .frame(0x89, new byte[] {1, 2, 3})
                        .frame(0x00, new byte[0])
                        .frame(0x80, new byte[] {(byte) 0xa4, 'b'})))
                .containsExactly("Ping 3", heard("aäb"));
    }

    @Test
    void whatIsNoTextIsHeardOfAndNotKept() {
        assertThat(read(new ClientFrames()
                        .frame(0x02, new byte[10])
                        .frame(0x80, new byte[10])
                        .frame(0x8a, new byte[4])))
                .containsExactly("Binary[]", "Pong[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, LIMIT})
    void aMessageThatIsTooLongIsSaidSoOnceAndTheNextOneIsHeard(int pieces) {
        ClientFrames frames = new ClientFrames();
        byte[] piece = new byte[(LIMIT + 1 + pieces) / pieces];
        for (int i = 0; i < pieces; i++) {
            frames.frame((i == 0 ? 1 : 0) | (i == pieces - 1 ? 0x80 : 0), piece);
        }
        assertThat(read(frames.text("after"))).containsExactly("TooLong[]", heard("after"));
    }

    @Test
    void aLengthThatIsOnlyClaimedTakesNoMemory() {
        assertThat(read(new ClientFrames().raw(0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4)))
                .containsExactly("TooLong[]");
    }

    @Test
    void theClosingCodeIsHeardAndNothingAfterIt() {
        assertThat(read(new ClientFrames()
                        .frame(0x88, new byte[] {0x0f, (byte) 0xa1, 'b', 'y', 'e'})
                        .text("late")))
                .containsExactly("Close[code=4001]");
        assertThat(read(new ClientFrames().frame(0x88, new byte[0]))).containsExactly("Close[code=1005]");
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("reserved bit", 1002, new ClientFrames().frame(0xc1, new byte[1])),
                Arguments.of("opcode", 1002, new ClientFrames().frame(0x83, new byte[1])),
                Arguments.of("masked", 1002, new ClientFrames().raw(0x81, 0x00)),
                Arguments.of("continuation", 1002, new ClientFrames().frame(0x80, new byte[1])),
                Arguments.of(
                        "begins before",
                        1002,
                        new ClientFrames().frame(0x01, new byte[1]).text("b")),
                Arguments.of("control", 1002, new ClientFrames().frame(0x09, new byte[1])),
                Arguments.of("control", 1002, new ClientFrames().frame(0x89, new byte[126])),
                Arguments.of("2^63", 1002, new ClientFrames().raw(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4)),
                Arguments.of("UTF-8", 1007, new ClientFrames().frame(0x81, new byte[] {'a', (byte) 0xff})),
                Arguments.of("UTF-8", 1007, new ClientFrames().frame(0x81, new byte[] {(byte) 0xc3})),
                Arguments.of("UTF-8", 1007, new ClientFrames().frame(0x88, new byte[] {3, (byte) 232, (byte) 0xff})),
                Arguments.of("code", 1002, new ClientFrames().frame(0x88, new byte[] {3})),
                Arguments.of("code 1005", 1002, new ClientFrames().frame(0x88, new byte[] {3, (byte) 237})),
                Arguments.of("code 999", 1002, new ClientFrames().frame(0x88, new byte[] {3, (byte) 231})));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void whatIsForbiddenIsNamedAndNothingIsHeardAfterIt(String what, int code, ClientFrames frames) {
        List<String> heard = read(frames.text("after"));
        assertThat(heard)
                .singleElement()
                .satisfies(only ->
                        assertThat(only).startsWith("Violation[code=" + code).contains(what));
    }

    @Property(tries = 500)
    void howTheBytesAreCutDoesNotMatter(@ForAll("streams") byte[] stream, @ForAll("cuts") List<Integer> cuts) {
        FrameReader reader = new FrameReader(100);
        List<String> inPieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < stream.length; i++) {
            int count = Math.min(stream.length - from, cuts.get(i % cuts.size()));
            inPieces.addAll(words(reader.read(ByteBuffer.wrap(stream, from, count))));
            from += count;
        }
        assertThat(inPieces).isEqualTo(words(new FrameReader(100).read(ByteBuffer.wrap(stream))));
    }

    /** Frames, some of which are wrong, and bytes that are none. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<byte[]> payload = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.strings().ofMaxLength(40).map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.just(new byte[130]));
        Arbitrary<Integer> usual = Arbitraries.of(0x81, 0x81, 0x01, 0x00, 0x80, 0x82, 0x89, 0x8a);
        Arbitrary<Integer> first = Arbitraries.frequencyOf(
                Tuple.of(20, usual), Tuple.of(1, Arbitraries.integers().between(0, 255)));
        return Combinators.combine(first, payload)
                .as((head, bytes) -> new ClientFrames().frame(head, bytes).toBytes())
                .list()
                .ofMaxSize(12)
                .map(frames -> {
                    ClientFrames all = new ClientFrames();
                    frames.forEach(frame -> {
                        for (byte b : frame) {
                            all.raw(b);
                        }
                    });
                    return all.toBytes();
                });
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 60).list().ofMinSize(1).ofMaxSize(20);
    }

    private static List<String> read(ClientFrames frames) {
        return read(frames.toBytes());
    }

    private static List<String> read(byte[] bytes) {
        return words(new FrameReader(LIMIT).read(ByteBuffer.wrap(bytes)));
    }

    private static List<String> words(List<Heard> heard) {
        return heard.stream()
                .map(one -> one instanceof Heard.Ping ping ? "Ping " + ping.payload().length : one.toString())
                .toList();
    }

    private static String heard(String text) {
        return new Heard.Text(text).toString();
    }
}
