package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Two answers to the same request, which have come by two ways. */
final class Alike {
    private Alike() {}

    /** @param body leaves out of a body what differs in any two answers */
    static void assertAlike(
            String what,
            int status,
            HttpResponse<String> plain,
            HttpResponse<String> other,
            UnaryOperator<String> body) {
        assertThat(plain.statusCode()).as(what).isEqualTo(status).isEqualTo(other.statusCode());
        assertThat(body.apply(plain.body())).as(what).isEqualTo(body.apply(other.body()));
        assertThat(headers(plain)).as(what).isEqualTo(headers(other));
    }

    /** All but the time. */
    private static List<String> headers(HttpResponse<String> answer) {
        List<String> lines = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("date")) {
                lines.add(name.toLowerCase(Locale.ROOT) + values);
            }
        });
        lines.sort(null);
        return lines;
    }
}
