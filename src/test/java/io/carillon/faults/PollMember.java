package io.carillon.faults;

import io.carillon.client.HttpDecoder;
import io.carillon.client.JsonObject;
import io.carillon.client.Requests;
import io.carillon.client.Target;
import io.carillon.client.WholeAnswers;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On {@code v1/poll}: always has one poll at the hub, on a kept connection. */
final class PollMember extends Member {
    private static final int HELD_SECONDS = 8;

    private HttpDecoder http = decoder();
    private boolean answered;
    private @Nullable String end;

    PollMember(String name, Target target, List<String> channels, long since, @Nullable Latencies latencies) {
        super(name, target, channels, since, latencies);
    }

    @Override
    void connected(Out out) {
        http = decoder();
        end = null;
        answered = false;
        ask(out);
        stands = true;
    }

    private HttpDecoder decoder() {
        return new HttpDecoder(new WholeAnswers(this::answer));
    }

    private void ask(Out out) {
        out.write(ByteBuffer.wrap(Requests.poll(target, channels, cursor, HELD_SECONDS)));
    }

    @Override
    void read(ByteBuffer in, Out out) throws EndedException {
        http.feed(in);
        if (end != null) {
            throw new EndedException(end);
        }
        if (answered) {
            answered = false;
            ask(out);
        }
    }

    private void answer(WholeAnswers.Answer answer) {
        if (answer.status() != 200) {
            end = "answered " + answer.status();
            return;
        }
        JsonObject json = JsonObject.parse(answer.body());
        if (json.has("gaps")) {
            json.objects("gaps").forEach(this::missed);
        }
        json.objects("messages").forEach(this::got);
        cursor = json.number("cursor");
        answered = true;
        if (json.text("status").equals("bye")) {
            bye();
            end = "bye";
        } else if (!answer.kept()) {
            end = "the connection was not kept";
        }
    }
}
