package io.carillon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.core.Hub;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class ManagementTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private Set<ObjectName> registered(String node) throws Exception {
        return server.queryNames(new ObjectName("io.carillon:type=Hub,node=" + node + ",*"), null);
    }

    @Test
    void aConsoleReadsTheFiguresAndKicks() throws Exception {
        Hub hub = Watched.hub("jmx1");
        try (Management management = Management.of(hub)) {
            ObjectName name = Objects.requireNonNull(management.name());
            assertThat(name).hasToString("io.carillon:type=Hub,node=jmx1");
            Watched.publish(hub, "1");
            assertThat(server.getAttribute(name, "Publications")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "Ready")).isEqualTo(true);
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                assertThat(server.getAttribute(name, attribute.getName()))
                        .as(attribute.getName())
                        .isNotNull();
            }
            assertThat(server.invoke(name, "kick", new Object[] {"nobody"}, new String[] {String.class.getName()}))
                    .isEqualTo(false);
        }
    }

    @Test
    void twoHubsOfOneNameAndARedeploymentDoNotCollide() throws Exception {
        Hub hub = Watched.hub("jmx2");
        Management first = Management.of(hub);
        Management second = Management.of(hub);
        assertThat(registered("jmx2")).hasSize(2);
        first.close();
        first.close();
        assertThat(registered("jmx2")).containsExactly(second.name());
        Management again = Management.of(hub);
        assertThat(again.name()).hasToString("io.carillon:type=Hub,node=jmx2");
        second.close();
        again.close();
        assertThat(registered("jmx2")).isEmpty();
    }
}
