package io.carillon.support;

import io.carillon.core.Appended;
import io.carillon.core.Log;
import io.carillon.core.NewPublication;
import java.util.List;

/** Another log, of which it says nothing but what it must: {@code Log}'s defaults hold. */
public class LogOver implements Log {
    private final Log log;

    public LogOver(Log log) {
        this.log = log;
    }

    @Override
    public void start(Tail tail) {
        log.start(tail);
    }

    @Override
    public List<Appended> append(List<NewPublication> batch) {
        return log.append(batch);
    }

    @Override
    public void close() {
        log.close();
    }
}
