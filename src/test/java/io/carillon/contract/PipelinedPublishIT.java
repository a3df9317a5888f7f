package io.carillon.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.carillon.server.DeployedHub;
import io.carillon.server.HubDeployment;
import io.carillon.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A publisher that sends its next requests before it has the answers (RFC 9112, 9.3.2) gets them in order, and none has to wait for one that takes
 * long. Where nothing waits for a journal, WildFly writes them together.
 *
 * <p>Not on Payara, whose Grizzly misreads requests that came together, whoever serves them: after a body of less than ten bytes, or after a
 * {@code GET} in between, it answers the next with 400.
 */
class PipelinedPublishIT extends DeployedHub {
    /** Some seven kilobytes, which a server reads at once. */
    private static final int MANY = 40;

    private static final String BODY = "\"something\"";

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    @Deployment(testable = false)
    static WebArchive hub() {
        return HubDeployment.with("carillon.log=memory\n");
    }

    private Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @BeforeEach
    void connect() throws IOException {
        assumeThat(Server.current())
                .as("Grizzly misreads requests that came together")
                .isNotEqualTo(Server.PAYARA);
        socket = new Socket(InetAddress.getLoopbackAddress(), hub("").getPort());
        socket.setSoTimeout(10_000);
        send(publish(BODY)); // the server makes its filters as the first request comes
        answers(1);
        received.reset();
    }

    @AfterEach
    void leave() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    @Test
    void answersComeInOrder() throws IOException {
        send(publish(BODY).repeat(MANY));
        List<Long> ids = ids(answers(MANY));
        assertThat(ids).hasSize(MANY).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void onWildFlyTheyComeTogether() throws IOException {
        assumeThat(Server.current()).as("others write one by one").isEqualTo(Server.WILDFLY);
        send(publish(BODY).repeat(MANY));
        read();
        assertThat(ids(text())).as("in what is read at once").hasSize(MANY);
    }

    @Test
    void moreThanABufferHolds() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            requests.append(publish("\"" + "x".repeat(8 + i) + "\""));
        }
        Thread sender = new Thread(() -> {
            try {
                send(requests.toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        sender.start();
        assertThat(ids(answers(1_000))).hasSize(1_000).isSorted().doesNotHaveDuplicates();
        sender.join();
    }

    @Test
    void noneWaitsForABodyThatIsStillToCome() throws IOException {
        String last = publish("\"comes late\"");
        send(publish(BODY).repeat(3) + last.substring(0, last.length() - 3));
        assertThat(ids(answers(3))).hasSize(3);
        send(last.substring(last.length() - 3));
        assertThat(ids(answers(4))).hasSize(4).isSorted();
    }

    @Test
    void noneWaitsForAHeadThatIsStillToCome() throws IOException {
        String last = publish(BODY);
        send(publish(BODY).repeat(3) + last.substring(0, 60));
        assertThat(ids(answers(3))).hasSize(3);
        send(last.substring(60));
        assertThat(ids(answers(4))).hasSize(4).isSorted();
    }

    @Test
    void noneWaitsForAPollThatIsHeld() throws IOException {
        String poll = "GET " + hub("v1/poll").getRawPath()
                + "?channel=pipelined.quiet&timeout=30 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        send(publish(BODY).repeat(3) + poll);
        assertThat(ids(answers(3))).hasSize(3);
    }

    @Test
    void whoeverElseIsAskedAnswersInItsTurn() throws IOException {
        String health = "GET " + hub("health").getRawPath() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        String refused = publish(BODY).replace("application/json", "text/plain");
        send(publish(BODY) + publish(BODY) + health + publish(BODY) + refused + publish(BODY));
        String all = answers(6);
        assertThat(statuses(all)).containsExactly(201, 201, 200, 201, 415, 201);
        assertThat(ids(all)).hasSize(4).isSorted();
    }

    @Test
    void whoWantsItClosedHasAllHisAnswersFirst() throws IOException {
        String last = publish(BODY).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        send(publish(BODY).repeat(3) + last + publish("\"is not answered\""));
        while (read()) { // to the end
        }
        assertThat(statuses(text())).containsExactly(201, 201, 201, 201);
    }

    private String publish(String body) {
        return "POST " + hub("v1/channels/pipelined/publications").getRawPath()
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads until there are so many answers, up to the end of the last one's JSON. */
    private String answers(int count) throws IOException {
        while (statuses(text()).size() < count || text().indexOf('}', text().lastIndexOf("HTTP/1.1 ")) < 0) {
            assertThat(read()).as("more after %s", text()).isTrue();
        }
        return text();
    }

    /** False at the end. */
    private boolean read() throws IOException {
        byte[] bytes = new byte[64 << 10];
        int length = socket.getInputStream().read(bytes);
        received.write(bytes, 0, Math.max(0, length));
        return length >= 0;
    }

    private String text() {
        return received.toString(StandardCharsets.UTF_8);
    }

    private static List<Integer> statuses(String text) {
        List<Integer> statuses = new ArrayList<>();
        for (Matcher status = Pattern.compile("HTTP/1.1 (\\d{3}) ").matcher(text); status.find(); ) {
            statuses.add(Integer.parseInt(status.group(1)));
        }
        return statuses;
    }

    private static List<Long> ids(String text) {
        List<Long> ids = new ArrayList<>();
        for (Matcher id = ID.matcher(text); id.find(); ) {
            ids.add(Long.parseLong(id.group(1)));
        }
        return ids;
    }
}
