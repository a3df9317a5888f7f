package io.carillon.server;

import java.io.File;
import java.net.URI;
import java.net.URL;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The WAR as it was built, named for the place where a server shall put it.
 *
 * <p>Tests are clients: {@code @Deployment(testable = false) static WebArchive hub() { return HubDeployment.atRoot(); }}.
 */
public final class HubDeployment {
    private static final File WAR = new File(System.getProperty("carillon.war", "target/carillon.war"));

    private HubDeployment() {}

    /** The hub at {@code /}. */
    public static WebArchive atRoot() {
        return named("ROOT.war");
    }

    /** The hub at {@code /context}. */
    public static WebArchive at(String context) {
        return named(context + ".war");
    }

    /**
     * The hub at {@code /} with classes of the test inside it, such as a filter that names the user.
     *
     * @param extras top-level classes: a nested one would need its whole test class in the server
     */
    public static WebArchive with(Class<?>... extras) {
        return atRoot().addClasses(extras);
    }

    /**
     * Where the deployment that Arquillian reports is to be called; ends with a slash.
     *
     * <p>Payara reports the machine's name, on which our servers do not listen: it is always loopback here.
     */
    public static URI base(URL reported) {
        var path = reported.getPath().endsWith("/") ? reported.getPath() : reported.getPath() + "/";
        return URI.create("http://127.0.0.1:" + reported.getPort() + path);
    }

    private static WebArchive named(String name) {
        if (!WAR.isFile()) {
            throw new IllegalStateException("no WAR at " + WAR.getAbsolutePath() + ": run mvn package first");
        }
        return ShrinkWrap.create(ZipImporter.class, name).importFrom(WAR).as(WebArchive.class);
    }
}
