package io.carillon.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the hub keeps data unless it is told: with the server's own, so that it is backed up and moved with that. Never
 * among temporary files (Payara Micro's own directory is there, unless it is given one): what is kept there is lost one
 * day without a word.
 */
final class DataDirectory {
    /** Set by WildFly, Payara and Tomcat, in this order. */
    private static final List<String> SERVERS =
            List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base");

    private DataDirectory() {}

    static Path of(Properties system) {
        Path temporary = absolute(system.getProperty("java.io.tmpdir"));
        for (String server : SERVERS) {
            Path directory = absolute(system.getProperty(server));
            if (directory != null && (temporary == null || !directory.startsWith(temporary))) {
                return directory.resolve("carillon");
            }
        }
        return Path.of(system.getProperty("user.home", "."), ".carillon").toAbsolutePath();
    }

    private static @Nullable Path absolute(@Nullable String path) {
        return path == null || path.isEmpty()
                ? null
                : Path.of(path).toAbsolutePath().normalize();
    }
}
