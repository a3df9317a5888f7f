package io.carillon.polling;

import io.carillon.auth.Visitor;
import io.carillon.core.Opening;
import io.carillon.gate.Doorkeeper;
import io.carillon.gate.OtherFilters;
import io.carillon.transport.Nearby;
import io.carillon.transport.NextDoor;
import io.carillon.transport.longpoll.PollQuery;
import io.carillon.transport.longpoll.Polls;
import io.carillon.wire.Takeover;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connections on which somebody polls, where the server gives them away (docs/adr/0031): a held poll is no request of the server's there,
 * who leaves is heard, and a poll that is the one before it is not parsed again. What has something wrong with it is left to the servlet,
 * which says what; so is whoever the container might know. One for the gate, which ends it: TomEE ends beans of the application's scope before the hub
 * has said goodbye.
 */
@Dependent
public class DirectPolls implements NextDoor {
    private static final System.Logger LOG = System.getLogger(DirectPolls.class.getName());

    @Inject
    @SuppressWarnings("NullAway.Init")
    Polls polls;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Doorkeeper doorkeeper;

    private final AtomicInteger turn = new AtomicInteger();
    private volatile @Nullable Takeover takeover;
    private volatile List<Desk> desks = List.of();
    private volatile @Nullable Boolean alone;
    private volatile boolean over;

    @Override
    public void open(ServletContext context) {
        Takeover server = Takeover.of(context);
        takeover = server != null && server.lines() ? server : null;
    }

    /** Who asks then is answered by whatever stands at this place by now. */
    @Override
    public void close() {
        over = true;
        Takeover server = takeover;
        if (server != null) {
            server.close();
        }
        desks.forEach(desk -> desk.reader().close());
    }

    @Override
    public boolean takes(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Takeover server = takeover;
        if (server == null
                || over
                || !request.getRequestURI().equals(request.getContextPath() + Polls.PATH)
                || !plain(request)
                || !(request.getUserPrincipal() instanceof Visitor visitor)
                || !response.getHeaderNames().stream()
                        .allMatch(name ->
                                Doorkeeper.sets(name) || server.sets(name)) // somebody else wants a word with each
                || !alone(request.getServletContext())
                || !server.keeps(request)) {
            return false;
        }
        Function<String, @Nullable Collection<String>> parameters = parameters(request);
        PollQuery query;
        Opening opening;
        try {
            query = polls.read(parameters, request.getHeader("If-None-Match"));
            opening = polls.admit(visitor, query);
        } catch (RuntimeException e) {
            return false; // the servlet has the words for it
        }
        List<AnswerField> fields = fields(response);
        KeptArrival.Origin origin = KeptArrival.Origin.of(request, Nearby.cameInHere(request));
        String target = request.getRequestURI() + '?' + request.getQueryString();
        Desk desk = desk();
        return server.keep(request, response, new Takeover.Keeping(desk.reader(), line -> {
            byte[] head = line.head();
            KnownPoll<KeptArrival.Origin> known =
                    head == null ? null : KnownPoll.of(head, target, parameters, query, origin);
            return new Poller(
                    this, desk, line, known, origin, line.answered() ? null : new Poller.First(opening, fields));
        }));
    }

    /** One after the other. The first who polls has them made. */
    private Desk desk() {
        List<Desk> made = desks;
        if (made.isEmpty()) {
            made = make();
        }
        return made.get(Math.floorMod(turn.getAndIncrement(), made.size()));
    }

    private synchronized List<Desk> make() {
        if (desks.isEmpty()) {
            desks = IntStream.range(0, Math.max(2, Runtime.getRuntime().availableProcessors()))
                    .mapToObj(number -> new Desk(number + 1))
                    .toList();
        }
        return desks;
    }

    /** A request that stays on its connection, of somebody whom only the hub may know. */
    private static boolean plain(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && request.getHeader("Cookie") == null
                && stays(request.getHeader("Connection"))
                && request.getHeader("Transfer-Encoding") == null
                && request.getContentLength() <= 0
                && request.getAuthType() == null
                && (authorization == null || Doorkeeper.showsToken(authorization));
    }

    /** Browsers say of each that it does. */
    private static boolean stays(@Nullable String connection) {
        return connection == null || connection.equalsIgnoreCase("keep-alive");
    }

    /** Whether no filter of somebody else's might want to see each poll. Decided once, when there are all. */
    private boolean alone(ServletContext context) {
        Boolean known = alone;
        if (known == null) {
            String other = OtherFilters.before(context, List.of(Polls.PATH));
            known = other == null && doorkeeper.saysAtOnce();
            if (other != null) {
                LOG.log(System.Logger.Level.INFO, "each poll is parsed, since this may want to see it: {0}", other);
            }
            alone = known;
        }
        return known;
    }

    private static List<AnswerField> fields(HttpServletResponse response) {
        List<AnswerField> fields = new ArrayList<>();
        for (String name : response.getHeaderNames()) {
            response.getHeaders(name).forEach(value -> fields.add(new AnswerField(name, value, false)));
        }
        return fields;
    }

    private static Function<String, @Nullable Collection<String>> parameters(HttpServletRequest request) {
        Map<String, String[]> all = new HashMap<>(request.getParameterMap());
        return name -> {
            String[] values = all.get(name);
            return values == null ? null : Arrays.asList(values);
        };
    }

    boolean over() {
        return over;
    }
}
