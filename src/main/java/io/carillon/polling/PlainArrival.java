package io.carillon.polling;

import io.carillon.gate.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whose sender is nobody whom the container knows: by a token, or a stranger. Headers of the answer wait here until there is one, since all
 * this may come to nothing and the servlets be asked after all.
 */
public abstract class PlainArrival implements Arrival {
    private final List<AnswerField> fields;

    protected PlainArrival() {
        this(new ArrayList<>(4));
    }

    /** @param fields what the answer has in its head already */
    protected PlainArrival(List<AnswerField> fields) {
        this.fields = fields;
    }

    /** What the answer has in its head for the {@link io.carillon.gate.Doorkeeper}. */
    public List<AnswerField> fields() {
        return fields;
    }

    @Override
    public final @Nullable String ticket() {
        return null;
    }

    @Override
    public final @Nullable String login() {
        return null;
    }

    @Override
    public final boolean inRole(String role) {
        return false;
    }

    @Override
    public final void set(String name, String value) {
        fields.add(new AnswerField(name, value, true));
    }

    @Override
    public final void add(String name, String value) {
        fields.add(new AnswerField(name, value, false));
    }
}
