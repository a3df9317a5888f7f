package io.carillon.transport.websocket;

import org.jspecify.annotations.Nullable;

/** What is said on one socket goes to whoever listens at the time: perhaps the lobby at first, then the dialogue. */
public final class Talk implements Conversation {
    private volatile @Nullable Conversation listener;
    private volatile boolean over;

    void goesTo(Conversation next) {
        listener = next;
        if (over) { // it may end before anybody listens, and who ends it looks the other way round
            next.gone();
        }
    }

    @Override
    public void hear(String text) {
        Conversation to = listener;
        if (to != null) {
            to.hear(text);
        }
    }

    @Override
    public void tooLong(int limit) {
        Conversation to = listener;
        if (to != null) {
            to.tooLong(limit);
        }
    }

    @Override
    public void binary() {
        Conversation to = listener;
        if (to != null) {
            to.binary();
        }
    }

    @Override
    public void alive() {
        Conversation to = listener;
        if (to != null) {
            to.alive();
        }
    }

    @Override
    public void gone() {
        over = true;
        Conversation to = listener;
        if (to != null) {
            to.gone();
        }
    }
}
