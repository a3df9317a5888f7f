package io.carillon.wire;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a server gives away the connection of a request. Safe for concurrent use. */
public abstract class Takeover {
    private static final System.Logger LOG = System.getLogger(Takeover.class.getName());

    /** What the server's servlet context is named like, what of its inside has to be there, and what is made for it. */
    private record Server(String context, String inside, String takeover) {}

    /** As text: on another server they cannot be loaded. */
    private static final List<Server> SERVERS = List.of(
            new Server("io.undertow.", "org.xnio.StreamConnection", "UndertowTakeover"),
            new Server("org.apache.catalina.", "org.apache.tomcat.util.net.SocketWrapperBase", "TomcatTakeover"),
            new Server("org.apache.catalina.", "org.glassfish.grizzly.nio.NIOConnection", "GrizzlyTakeover"));

    /** The one of this server; null if there is none, or the application does not see the inside of the server. */
    public static @Nullable Takeover of(ServletContext context) {
        Throwable missing = null;
        for (Server server : SERVERS) {
            if (context.getClass().getName().startsWith(server.context)) {
                try {
                    Class.forName(server.inside, false, Takeover.class.getClassLoader());
                    return Class.forName(Takeover.class.getPackageName() + '.' + server.takeover)
                            .asSubclass(Takeover.class)
                            .getDeclaredConstructor()
                            .newInstance();
                } catch (ReflectiveOperationException | LinkageError e) {
                    missing = e;
                }
            }
        }
        if (missing != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the application does not see the inside of the server ({0}), which keeps all connections itself",
                    missing.toString());
        }
        return null;
    }

    /** The server's own, around which filters may have put others. */
    static ServletRequest unwrapped(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    /** Whether this request's is given away. */
    public abstract boolean gives(HttpServletRequest request);

    /** Whether also {@link #stream} works. */
    public abstract boolean streams();

    /**
     * Answers 101 with what headers the response has, and those of an upgrade to {@code websocket}.
     *
     * @param peers makes our end
     */
    public abstract void upgrade(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException;

    /**
     * Answers 200 with what headers the response has. What is written is the body, which ends with the connection.
     *
     * @param peers makes our end
     */
    public abstract void stream(HttpServletRequest request, HttpServletResponse response, Function<Wire, Peer> peers)
            throws IOException, ServletException;

    /** Whether also {@link #keep} works. */
    public boolean lines() {
        return false;
    }

    /** Whether it does for this request, and nobody else wants to see each one of its kind. */
    public boolean keeps(HttpServletRequest request) {
        return false;
    }

    /** Whether the server has put that into the head of an answer before any of the application is asked. */
    public boolean sets(String field) {
        return false;
    }

    /**
     * Keeps the connection of a request that has no body, or will when the next of its kind comes.
     *
     * @param what makes our end, which answers this request first, if that is kept
     * @return whether it is; if not, it is to be answered as any other
     */
    public boolean keep(HttpServletRequest request, HttpServletResponse response, Keeping what)
            throws IOException, ServletException {
        throw new UnsupportedOperationException("this server keeps the connections of its requests");
    }

    /** Keeps no more. Those that are kept are their readers'. */
    public void close() {}

    /**
     * How a connection is to be kept.
     *
     * @param reader whose line it becomes
     * @param clients makes our end, on a thread of the server's
     */
    public record Keeping(LineReader reader, Function<Line, Line.Client> clients) {}
}
