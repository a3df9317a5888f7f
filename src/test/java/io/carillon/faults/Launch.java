package io.carillon.faults;

import io.carillon.core.Hub;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How a hub is started: on a server, tuned as we ship it, or without one. */
enum Launch {
    /** Hub and log in a JVM with a small HTTP front: starts in a second, so it can be killed often. */
    BARE {
        @Override
        Command command(Path home, int port, int tlsPort, List<String> properties) {
            List<String> command = java("-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", properties);
            command.addAll(List.of("-cp", classPath(Hub.class, BareHub.class), BareHub.class.getName(), "" + port));
            return new Command(command, Map.of());
        }
    },

    WILDFLY {
        @Override
        Command command(Path home, int port, int tlsPort, List<String> properties) throws IOException {
            Path server = server("wildfly-");
            copy(server.resolve("standalone/configuration"), home.resolve("configuration"));
            deploy(home.resolve("deployments/ROOT.war"));
            List<String> command = java(SERVER_JVM, properties);
            command.add("@" + CONFIG.resolve("wildfly/jvm.options"));
            command.addAll(List.of(
                    "-Dorg.jboss.boot.log.file=" + home.resolve("log/server.log"),
                    "-Dlogging.configuration="
                            + home.resolve("configuration/logging.properties").toUri(),
                    "-jar",
                    server.resolve("jboss-modules.jar").toString(),
                    "-mp",
                    server.resolve("modules").toString(),
                    "org.jboss.as.standalone",
                    "-Djboss.home.dir=" + server,
                    "-Djboss.server.base.dir=" + home,
                    "--yaml=" + CONFIG.resolve("wildfly/carillon.yml"),
                    "-b=127.0.0.1",
                    "-bmanagement=127.0.0.1",
                    "-Djboss.http.port=" + port,
                    "-Djboss.https.port=" + tlsPort, // with a certificate that it makes itself
                    "-Djboss.management.http.port=" + (port + 1)));
            return new Command(command, Map.of());
        }
    },

    PAYARA {
        @Override
        Command command(Path home, int port, int tlsPort, List<String> properties) throws IOException {
            Path war = home.resolve("ROOT.war");
            deploy(war);
            List<String> command = java(SERVER_JVM + " -Djava.net.preferIPv4Stack=true", properties);
            command.add("-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp")));
            command.addAll(List.of("-jar", server("payara-micro.jar").toString()));
            if (tlsPort != 0) { // with a certificate that it brings
                command.addAll(List.of("--sslPort", "" + tlsPort));
            }
            command.addAll(List.of(
                    "--nohazelcast",
                    "--disablephonehome",
                    "--port",
                    "" + port,
                    "--prebootcommandfile",
                    CONFIG.resolve("payara/pre-boot.asadmin").toString(),
                    "--deploy",
                    war.toString()));
            return new Command(command, Map.of());
        }
    },

    TOMEE {
        @Override
        Command command(Path home, int port, int tlsPort, List<String> properties) throws IOException {
            Path server = server("apache-tomee-plume-");
            copy(server.resolve("conf"), home.resolve("conf"));
            copy(CONFIG.resolve("tomee/conf"), home.resolve("conf"));
            Path xml = home.resolve("conf/server.xml");
            String tuned = Files.readString(xml);
            String moved = tuned.replace("\"8080\"", "\"" + port + "\"").replace("\"8005\"", "\"" + (port + 1) + "\"");
            Files.writeString(xml, tlsPort == 0 ? moved : withTls(moved, tlsPort, home));
            for (String folder : List.of("logs", "temp", "work")) {
                Files.createDirectories(home.resolve(folder));
            }
            deploy(home.resolve("webapps/ROOT.war"));
            String options = SERVER_JVM + " -Djava.net.preferIPv4Stack=true " + String.join(" ", properties);
            // Its script becomes the JVM: the process is the server.
            return new Command(
                    List.of("bash", server.resolve("bin/catalina.sh").toString(), "run"),
                    Map.of(
                            "CATALINA_HOME", server.toString(),
                            "CATALINA_BASE", home.toString(),
                            "JAVA_HOME", System.getProperty("java.home"),
                            "CATALINA_OPTS", options));
        }
    };

    /** A process to be started. */
    record Command(List<String> line, Map<String, String> environment) {}

    private static final String SERVER_JVM = System.getProperty("server.jvm", "-Xmx512m");
    private static final Path SERVERS = absolute(System.getProperty("servers", "target/servers"));
    private static final Path CONFIG = absolute(System.getProperty("server-config", "server-config"));
    private static final Path WAR = absolute(System.getProperty("carillon.war", "target/carillon.war"));

    /**
     * Prepares the server's own folder and says how to start it.
     *
     * @param home written to by nobody else; stays from one start to the next
     * @param port where it will listen on loopback; the one after it is the server's, too
     * @param tlsPort where it will listen for TLS; 0 is nowhere. Not with {@link #BARE}
     * @param properties system properties, each as {@code -Dname=value}
     */
    abstract Command command(Path home, int port, int tlsPort, List<String> properties) throws IOException;

    /** One more connector, as Tomcat's documentation has it, with HTTP/2. */
    private static String withTls(String serverXml, int port, Path home) throws IOException {
        Path keys = SelfSigned.in(home);
        return serverXml.replace("<Engine ", """
                <Connector port="%d" protocol="HTTP/1.1" address="127.0.0.1" SSLEnabled="true" scheme="https" secure="true">
                  <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  <SSLHostConfig>
                    <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s" type="RSA"/>
                  </SSLHostConfig>
                </Connector>
                <Engine\s""".formatted(port, keys, SelfSigned.PASSWORD));
    }

    private static List<String> java(String options, List<String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(properties);
        return command;
    }

    private static Path server(String name) throws IOException {
        try (Stream<Path> servers = Files.list(SERVERS)) {
            return servers.filter(path -> path.getFileName().toString().startsWith(name))
                    .filter(path -> !path.getFileName().toString().endsWith("-base"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + name + " in " + SERVERS + ": run bin/test"));
        }
    }

    private static void deploy(Path place) throws IOException {
        Files.createDirectories(place.getParent());
        Files.copy(WAR, place, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Where these classes come from, and Jackson, which the wire forms use. */
    private static String classPath(Class<?>... classes) {
        List<String> places = new ArrayList<>();
        for (Class<?> one : classes) {
            places.add(place(one));
        }
        places.add(place(com.fasterxml.jackson.core.JsonFactory.class));
        return String.join(System.getProperty("path.separator"), places);
    }

    private static String place(Class<?> of) {
        try {
            return Path.of(of.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath();
    }

    /** For people. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
