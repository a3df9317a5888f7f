package io.carillon.publish;

import io.carillon.core.Appended;
import io.carillon.protocol.Fault;
import io.carillon.protocol.ProblemJson;
import io.carillon.protocol.WireWriter;
import java.util.List;
import java.util.Map;

/** The answer to a request to publish, for whoever writes it. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
public record Reply(int status, String type, Map<String, String> headers, byte[] body) {
    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

    static Reply of(Appended appended) {
        return created(Answers.published(appended));
    }

    static Reply of(List<Appended> all) {
        return created(Answers.published(all));
    }

    private static Reply created(WireWriter json) {
        return new Reply(Answers.CREATED, "application/json", NOT_KEPT, json.toBytes());
    }

    /** For what should never happen, and for a body that broke off, too; both are logged. */
    public static Reply refusing(Throwable why) {
        Fault fault = Problems.fault(why);
        return new Reply(
                fault.code().status(), ProblemJson.MEDIA_TYPE, ProblemJson.headers(fault), ProblemJson.of(fault));
    }
}
