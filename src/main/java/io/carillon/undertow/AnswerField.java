package io.carillon.undertow;

import io.carillon.protocol.Reply;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.List;

/**
 * A header field of an answer that is still to come.
 *
 * @param alone takes the place of one of that name
 */
record AnswerField(String name, String value, boolean alone) {
    /** All that the hub has to say in the head of an answer: these, and then the reply's own. */
    static void putAll(HeaderMap headers, List<AnswerField> fields, Reply reply) {
        for (AnswerField field : fields) {
            if (field.alone) {
                headers.put(FieldNames.of(field.name), field.value);
            } else {
                headers.add(FieldNames.of(field.name), field.value);
            }
        }
        headers.put(Headers.CONTENT_TYPE, reply.type());
        reply.fields((name, value) -> headers.put(FieldNames.of(name), value));
    }
}
