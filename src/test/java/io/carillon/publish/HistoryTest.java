package io.carillon.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Gap;
import io.carillon.core.History;
import io.carillon.core.Publication;
import io.carillon.core.Transport;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of a channel. */
class HistoryTest {
    private final Fixture http = new Fixture();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void pagesFollowEachOtherByTheirCursor() {
        long before = http.head();
        for (int i = 0; i < 3; i++) {
            http.publish("c", String.valueOf(i));
        }

        String first = http.history("c", "0", "2").body();
        String second = http.history("c", String.valueOf(before + 2), "2").body();

        assertThat(first).endsWith("],\"cursor\":" + (before + 2) + ",\"more\":true,\"gaps\":[]}");
        assertThat(first).contains("\"id\":" + (before + 1) + ",", "\"id\":" + (before + 2) + ",");
        assertThat(second).endsWith("],\"cursor\":" + (before + 3) + ",\"more\":false,\"gaps\":[]}");
        assertThat(second).contains("\"data\":2,").doesNotContain("\"data\":1,");
    }

    @Test
    void aChannelThatNobodyKnowsIsEmpty() {
        assertThat(http.history("nobody", null, null))
                .hasToString("200 {\"channel\":\"nobody\",\"publications\":[],\"cursor\":" + http.head()
                        + ",\"more\":false,\"gaps\":[]}");
    }

    @Test
    void whatIsNoLongerRetainedIsAGap() {
        long before = http.head();
        for (int i = 0; i < 12; i++) {
            http.publish("c", String.valueOf(i)); // ten are retained
        }

        String page = http.history("c", String.valueOf(before + 1), null).body();

        assertThat(page)
                .endsWith("\"gaps\":[{\"channel\":\"c\",\"from\":" + (before + 1) + ",\"to\":" + (before + 2) + "}]}");
        assertThat(page).contains("\"data\":2,").doesNotContain("\"data\":1,");
    }

    @Test
    void aPageOfLargePublicationsIsCut() {
        byte[] data = new byte[400_000];
        List<Publication> all = LongStream.rangeClosed(1, 5)
                .mapToObj(id -> new Publication(id, "c", "message", data, 0, 0))
                .toList();
        Gap gap = new Gap("c", 0, 0);

        History page = Pages.cut(new History(all, 5, false, gap));
        assertThat(page.publications()).hasSize(3);
        assertThat(page.cursor()).isEqualTo(3);
        assertThat(page.more()).isTrue();
        assertThat(page.gap()).isSameAs(gap);

        History rest = Pages.cut(new History(all.subList(3, 5), 5, false, null));
        assertThat(rest.publications()).hasSize(2);
        assertThat(rest.more()).isFalse();
    }

    @Test
    void presenceSaysWhoIsThereByNameAndByPattern() {
        String ann = http.hub.connect(Transport.WEBSOCKET, "Ann", "orders.eu").id();
        String poll = http.hub.connect(Transport.LONG_POLL, null, "orders.*").id();

        assertThat(http.presence("orders.eu"))
                .hasToString("200 {\"channel\":\"orders.eu\",\"count\":2,\"subscribers\":["
                        + "{\"connection\":\"" + ann + "\",\"user\":\"Ann\",\"transport\":\"websocket\"},"
                        + "{\"connection\":\"" + poll + "\",\"user\":null,\"transport\":\"long-poll\"}]}");
    }
}
