package io.carillon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
    @Test
    void itIsBelowTheServersOwn() {
        assertThat(of("jboss.server.data.dir", "/srv/wildfly/data")).isEqualTo(path("/srv/wildfly/data/carillon"));
        assertThat(of("com.sun.aas.instanceRoot", "/srv/domain1")).isEqualTo(path("/srv/domain1/carillon"));
        assertThat(of("catalina.base", "/srv/tomee")).isEqualTo(path("/srv/tomee/carillon"));
    }

    @Test
    void itIsNeverAmongTemporaryFiles() {
        assertThat(of("com.sun.aas.instanceRoot", "/var/temporary/payaramicro-rt1"))
                .isEqualTo(path("/home/somebody/.carillon"));
    }

    @Test
    void withoutAServerItIsInTheUsersHome() {
        assertThat(of("some.other.property", "x")).isEqualTo(path("/home/somebody/.carillon"));
    }

    private static Path of(String property, String value) {
        Properties system = new Properties();
        system.putAll(Map.of("java.io.tmpdir", "/var/temporary", "user.home", "/home/somebody", property, value));
        return DataDirectory.of(system);
    }

    private static Path path(String path) {
        return Path.of(path).toAbsolutePath();
    }
}
