package io.carillon.bench.peer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The naive baseline: what one writes first with Jakarta EE. An endpoint, an asynchronous servlet for event streams, a list of those
 * who listen for each channel, and a loop over it that sends. No cursor, no bound, no care for who reads slowly.
 */
public final class PlainJakarta {
    private static final Map<String, List<Session>> SOCKETS = new ConcurrentHashMap<>();
    private static final Map<String, List<AsyncContext>> STREAMS = new ConcurrentHashMap<>();

    private PlainJakarta() {}

    /** Argument: the port on loopback. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptQueueSize(4096);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(Events.class, "/sse/*").getRegistration().setAsyncSupported(true);
        context.addServlet(Publish.class, "/pub/*");
        JakartaWebSocketServletContainerInitializer.configure(context, (servlets, container) -> {
            container.setDefaultMaxSessionIdleTimeout(0);
            container.addEndpoint(Socket.class);
        });
        server.setHandler(context);
        server.start();
    }

    private static <T> List<T> of(Map<String, List<T>> all, String channel) {
        return all.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>());
    }

    private static String channel(HttpServletRequest request) {
        return request.getPathInfo().substring(1);
    }

    /** A WebSocket. */
    @ServerEndpoint("/ws/{channel}")
    public static final class Socket {
        @OnOpen
        public void open(Session session, @PathParam("channel") String channel) {
            of(SOCKETS, channel).add(session);
        }

        @OnClose
        public void close(Session session, @PathParam("channel") String channel) {
            of(SOCKETS, channel).remove(session);
        }
    }

    /** An event stream. */
    public static final class Events extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/event-stream");
            response.flushBuffer();
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            of(STREAMS, channel(request)).add(context);
        }
    }

    /** Sends what is posted to all who listen. */
    public static final class Publish extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String data = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            for (Session session : of(SOCKETS, channel(request))) {
                session.getAsyncRemote().sendText(data, result -> {});
            }
            byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
            for (AsyncContext stream : of(STREAMS, channel(request))) {
                try {
                    stream.getResponse().getOutputStream().write(event);
                    stream.getResponse().flushBuffer();
                } catch (IOException e) {
                    of(STREAMS, channel(request)).remove(stream);
                }
            }
            response.setContentLength(0);
        }
    }
}
