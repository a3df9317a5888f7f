package io.carillon.bench;

import io.carillon.client.MassClient;
import io.carillon.client.PollClient;
import io.carillon.client.Publisher;
import io.carillon.client.SseClient;
import io.carillon.client.Subscriber;
import io.carillon.client.Target;
import io.carillon.client.Tokens;
import io.carillon.client.WebSocketClient;
import io.carillon.client.Wire;
import io.carillon.contract.ServerProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A hub with something to show: a crowd of strangers on prices, some users on orders, and publications at a steady rate. Prints
 * once in ten seconds what CPU the server took, so that one can open the console and see what that costs. The hub must let
 * strangers subscribe to {@code prices.*}.
 */
public final class ConsoleLoad {
    private static final List<String> PRICES =
            List.of("oslo", "london", "paris", "milan", "zurich", "madrid", "wien", "praha");
    private static final List<String> ORDERS =
            List.of("orders.nordic", "orders.iberia", "orders.alps", "chat.helpdesk", "chat.lobby", "stock.levels");
    private static final List<String> USERS = List.of(
            "ingrid.solberg",
            "jonas.weber",
            "amelie.durand",
            "luca.ferrari",
            "sofia.novak",
            "pablo.ortega",
            "hanna.lindqvist",
            "tomas.dvorak");
    private static final int PUBLISHED = 40;

    private final Target hub;
    private final String secret;
    private final List<AutoCloseable> clients = new ArrayList<>();

    private ConsoleLoad(URI root, String secret) {
        hub = new Target("hub", root, Map.of());
        this.secret = secret;
    }

    /** Arguments: the hub's address with a slash at the end, its token secret, connections, seconds. */
    public static void main(String[] arguments) throws Exception {
        URI root = URI.create(arguments[0]);
        ConsoleLoad load = new ConsoleLoad(root, arguments[1]);
        load.gather(Integer.parseInt(arguments[2]));
        load.run(ServerProcess.listeningOn(root.getPort()), Integer.parseInt(arguments[3]));
        for (AutoCloseable client : load.clients) {
            client.close();
        }
    }

    private void gather(int count) {
        int crowd = count / PRICES.size();
        for (int i = 0; i < PRICES.size(); i++) {
            Wire wire = i % 3 == 0 ? Wire.SSE : Wire.WEBSOCKET;
            clients.add(new MassClient(hub, wire, crowd).connect(List.of("prices." + PRICES.get(i)), null));
        }
        for (int i = 0; i < USERS.size() * 5; i++) {
            Target his = as(USERS.get(i % USERS.size()), "{\"subscribe\":[\"orders.*\",\"chat.*\",\"stock.*\"]}");
            List<String> channels = List.of(ORDERS.get(i % ORDERS.size()), "stock.levels");
            Subscriber client =
                    i % 3 == 0 ? new SseClient(his) : i % 3 == 1 ? new WebSocketClient(his) : new PollClient(his);
            clients.add(client.connect(channels, null));
        }
    }

    private Target as(String user, String grants) {
        return hub.with("Authorization", "Bearer " + Tokens.signed(secret, user, grants));
    }

    private void run(ServerProcess server, int seconds) {
        Publisher publisher = new Publisher(as("market-feed", "{\"publish\":[\"**\"]}"));
        long tick = TimeUnit.SECONDS.toNanos(1) / PUBLISHED;
        long start = System.nanoTime();
        long cpu = server.cpu();
        for (int i = 0; i < seconds * PUBLISHED; i++) {
            while (System.nanoTime() - start < i * tick) {
                LockSupport.parkNanos(1_000_000);
            }
            if (i % 2 == 0) {
                String place = PRICES.get(i / 2 % PRICES.size());
                publisher.publish(
                        "prices." + place,
                        "{\"place\":\"" + place + "\",\"price\":" + (80 + i % 37) + "." + i % 10 + "}");
            } else {
                String channel = ORDERS.get(i / 2 % ORDERS.size());
                String user = USERS.get(i / 2 % USERS.size());
                publisher.publish(
                        channel,
                        channel.startsWith("chat.") ? "said" : "changed",
                        channel.startsWith("chat.")
                                ? "{\"user\":\"" + user + "\",\"text\":\"Lorry " + i % 90 + " is on its way\"}"
                                : "{\"order\":" + (48_000 + i) + ",\"state\":\"packed\",\"lines\":" + (1 + i % 7)
                                        + "}");
            }
            if (i % (10 * PUBLISHED) == 10 * PUBLISHED - 1) {
                long now = server.cpu();
                System.out.printf("%4d s: %.1f %% of a processor%n", (i + 1) / PUBLISHED, (now - cpu) / 10e9 * 100);
                cpu = now;
            }
        }
    }
}
