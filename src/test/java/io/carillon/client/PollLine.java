package io.carillon.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link MassClient} that always has one poll at the hub, all on one kept connection. */
final class PollLine extends Line {
    private static final int HELD_SECONDS = 50;

    private final HttpDecoder http = new HttpDecoder(new WholeAnswers(this::answer));
    private final Target target;
    private final List<String> channels;
    private @Nullable Long cursor;
    private boolean kept;
    private boolean answered;

    PollLine(CountDownLatch allStand, Target target, List<String> channels, @Nullable Long cursor) {
        super(allStand);
        this.target = target;
        this.channels = channels;
        this.cursor = cursor;
    }

    @Override
    void connected(Out out) {
        out.write(ByteBuffer.wrap(Requests.poll(target, channels, cursor, HELD_SECONDS)));
        stands();
    }

    @Override
    void read(ByteBuffer in, Out out) {
        http.feed(in);
        if (answered) {
            answered = false;
            if (kept && end == null) {
                connected(out);
            }
        }
    }

    private void answer(WholeAnswers.Answer answer) {
        kept = answer.kept();
        if (answer.status() != 200) {
            ended("answered " + answer.status() + " " + answer.body());
            return;
        }
        JsonObject json = JsonObject.parse(answer.body());
        for (JsonObject message : json.objects("messages")) {
            ids.add(message.number("id"));
        }
        if (json.has("gaps")) {
            gaps.addAndGet(JsonObject.elements(json.raw("gaps")).size());
        }
        cursor = json.number("cursor");
        answered = true;
        if (!kept) {
            ended("the connection was not kept");
        }
    }
}
