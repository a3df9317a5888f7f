package io.carillon.server;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The WAR as it was built, named for the place where a server shall put it.
 *
 * <p>Tests are clients: {@code @Deployment(testable = false) static WebArchive hub() { return HubDeployment.atRoot(); }}.
 */
public final class HubDeployment {
    private static final File WAR = new File(System.getProperty("carillon.war", "target/carillon.war"));

    /** By default next to nothing is open. Tests that are not about that may do everything, without saying who they are. */
    public static final String OPEN = "carillon.access.everybody=subscribe:**,publish:**,publish:$**,presence:**\n";

    /** Tests talk faster than people, and are few users with many connections. */
    private static final String ROOMY = """
            carillon.inbound.rate=100000
            carillon.connections.user=10000
            """;

    /** Of the WAR made last: one class of tests after the other deploys one. */
    private static volatile String context = "/";

    private static final AtomicInteger made = new AtomicInteger();

    private HubDeployment() {}

    /** The hub at {@code /}, open for all. */
    public static WebArchive atRoot() {
        return configured("ROOT.war", OPEN);
    }

    /** The hub at {@code /context}, open for all. */
    public static WebArchive at(String context) {
        return configured(context + ".war", OPEN);
    }

    /** The hub at {@code /}, open for nobody but as these lines say. */
    public static WebArchive configured(String lines) {
        return configured("ROOT.war", lines);
    }

    /** The hub at {@code /context}, open for nobody but as these lines say. */
    public static WebArchive configuredAt(String context, String lines) {
        return configured(context + ".war", lines);
    }

    /**
     * The hub at {@code /}, open for all, with classes of the test inside it, such as a filter that names the user.
     *
     * @param lines of configuration besides
     * @param extras top-level classes: a nested one would need its whole test class in the server
     */
    public static WebArchive with(String lines, Class<?>... extras) {
        return configured("ROOT.war", OPEN + lines).addClasses(extras);
    }

    /**
     * Where the WAR made last is to be called; ends with a slash. Of what Arquillian reports only the port is taken: Payara's
     * adapter names the machine, on which our servers do not listen, and the root wherever it reads the server's output
     * between two lines of the description of what is deployed.
     */
    static URI base(URL reported) {
        return URI.create("http://127.0.0.1:" + reported.getPort() + context);
    }

    /**
     * Each has a journal of its own: the server of the class before may still be about to end, and hold its own. Of its own
     * JVM too, as on Payara each class has one: else it finds there what another class published.
     */
    private static WebArchive configured(String name, String lines) {
        String own = ProcessHandle.current().pid() + "-" + made.incrementAndGet();
        Path journal = Path.of("target", "servers", "deployed-journal", own);
        String all = ROOMY + "carillon.journal.dir=" + journal.toAbsolutePath() + "\n" + lines;
        return named(name).addAsResource(new StringAsset(all), "carillon.properties");
    }

    private static WebArchive named(String name) {
        if (!WAR.isFile()) {
            throw new IllegalStateException("no WAR at " + WAR.getAbsolutePath() + ": run mvn package first");
        }
        context = name.equals("ROOT.war") ? "/" : "/" + name.replace(".war", "/");
        return ShrinkWrap.create(ZipImporter.class, name).importFrom(WAR).as(WebArchive.class);
    }
}
