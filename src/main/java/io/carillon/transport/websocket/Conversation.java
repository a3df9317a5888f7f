package io.carillon.transport.websocket;

/** What a socket's messages lead to. Called by one thread at a time, but for {@link #gone}. */
public interface Conversation {
    /** A whole message. */
    void hear(String text);

    /** A message that is longer than {@code limit} characters; it has not been kept. */
    void tooLong(int limit);

    /** A message that is no text. */
    void binary();

    /** A sign of life. */
    void alive();

    /** The socket is closed. May come more than once, on any thread. */
    void gone();
}
