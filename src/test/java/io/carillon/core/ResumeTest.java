package io.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cursor is exact: what follows it comes, once and in order, or a gap says what cannot. */
class ResumeTest {

    @Test
    void resumeAtEveryCursorOfAThousandPublicationsGivesExactlyTheRest() {
        TestHub hub = TestHub.roomy();
        List<Long> ids = hub.publishTimes(1_000, "a");

        for (int i = 0; i < ids.size(); i++) {
            FakeOutlet client = hub.reader(ids.get(i), "a");
            assertThat(client.ids()).isEqualTo(ids.subList(i + 1, ids.size()));
            assertThat(client.gaps()).isEmpty();
        }
        assertThat(hub.reader(0L, "a").ids()).isEqualTo(ids);
        assertThat(hub.reader(ids.get(0) - 1, "a").ids()).isEqualTo(ids);
    }

    @Test
    void cursorBelowTheFloorGivesTheExactGap() {
        TestHub hub = TestHub.retaining(10);
        List<Long> ids = hub.publishTimes(30, "a");
        long floor = ids.get(19);

        for (int i = 0; i < ids.size(); i++) {
            FakeOutlet client = hub.reader(ids.get(i), "a");
            assertThat(client.ids()).isEqualTo(ids.subList(Math.max(20, i + 1), ids.size()));
            if (ids.get(i) < floor) {
                assertThat(client.gaps()).containsExactly(new Gap("a", ids.get(i), floor));
            } else {
                assertThat(client.gaps()).isEmpty();
            }
        }
    }

    @Test
    void twoChannelsAndAPatternResumeExactlyFromOneCursor() {
        TestHub hub = TestHub.roomy();
        List<Long> wanted = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        String[] channels = {"a", "b", "orders.eu", "other", "orders.us", "orders.us.ny"};
        for (int i = 0; i < 300; i++) {
            String channel = channels[i * 7 % channels.length];
            long id = hub.publish(channel);
            all.add(id);
            if (!channel.equals("other") && !channel.equals("orders.us.ny")) {
                wanted.add(id);
            }
        }
        for (long cursor : all) {
            FakeOutlet client = hub.reader(cursor, "a", "b", "orders.*");
            assertThat(client.ids())
                    .isEqualTo(wanted.stream().filter(id -> id > cursor).toList());
            assertThat(client.gaps()).isEmpty();
        }
    }
}
