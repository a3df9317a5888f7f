package io.carillon.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A wire form for tests, one line for each thing, which can be read back. Has no spaces or line ends in its data. */
public final class LineEncoder implements Encoder {
    private static final Frame HEARTBEAT = new Frame.Text("heartbeat");

    private final @Nullable Frame heartbeat;
    private final int maxPublications;
    private final int maxBytes;
    private final AtomicInteger encoded = new AtomicInteger();

    private LineEncoder(@Nullable Frame heartbeat, int maxPublications, int maxBytes) {
        this.heartbeat = heartbeat;
        this.maxPublications = maxPublications;
        this.maxBytes = maxBytes;
    }

    public LineEncoder(int maxPublications, int maxBytes) {
        this(HEARTBEAT, maxPublications, maxBytes);
    }

    /** Like a transport whose one frame is the answer, so that there are no heartbeats. */
    public static LineEncoder poll() {
        return new LineEncoder(null, 64, 64 << 10);
    }

    /** Like a transport that puts many publications in one frame. */
    public static LineEncoder batch() {
        return new LineEncoder(64, 64 << 10);
    }

    /** Like a transport with one object a frame, so that a gap has its own. */
    public static LineEncoder single() {
        return new LineEncoder(1, 64 << 10);
    }

    @Override
    public Frame encode(Delivery delivery) {
        encoded.incrementAndGet();
        StringBuilder text = new StringBuilder();
        for (Gap gap : delivery.gaps()) {
            append(text, gap);
        }
        long last = 0;
        for (Publication publication : delivery.publications()) {
            last = publication.id();
            text.append("message ")
                    .append(last)
                    .append(' ')
                    .append(publication.channel())
                    .append(' ')
                    .append(publication.event())
                    .append(' ')
                    .append(new String(publication.data(), StandardCharsets.UTF_8))
                    .append('\n');
        }
        text.append("cursor ")
                .append(delivery.cursor())
                .append(' ')
                .append(delivery.gapCursor())
                .append('\n');
        return new Frame.Text(text.toString(), last, delivery.publications().size());
    }

    @Override
    public Frame encodeGap(Gap gap) {
        StringBuilder text = new StringBuilder();
        append(text, gap);
        return new Frame.Text(text.toString());
    }

    private static void append(StringBuilder text, Gap gap) {
        text.append("gap ")
                .append(gap.channel())
                .append(' ')
                .append(gap.from())
                .append(' ')
                .append(gap.to())
                .append('\n');
    }

    /** Reads a frame back. */
    public static List<Line> read(Frame frame) {
        List<Line> lines = new ArrayList<>();
        for (String line : ((Frame.Text) frame).text().split("\n", -1)) {
            String[] word = line.split(" ", -1);
            switch (word[0]) {
                case "message" -> lines.add(new Line.Message(Long.parseLong(word[1]), word[2], word[3], word[4]));
                case "gap" ->
                    lines.add(new Line.Missing(new Gap(word[1], Long.parseLong(word[2]), Long.parseLong(word[3]))));
                case "cursor" -> lines.add(new Line.Cursor(Long.parseLong(word[1]), Long.parseLong(word[2])));
                case "" -> {}
                default -> lines.add(new Line.Notice(line));
            }
        }
        return lines;
    }

    /** How many deliveries it has encoded. */
    public int encoded() {
        return encoded.get();
    }

    @Override
    public int maxPublications() {
        return maxPublications;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public @Nullable Frame heartbeat() {
        return heartbeat;
    }
}
