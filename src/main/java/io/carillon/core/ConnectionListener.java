package io.carillon.core;

/**
 * Hears of each connection once when it joins and once, later, when it leaves. Called on the thread that caused it,
 * outside of all locks; must not block. While {@link #joined} runs, the registry does not find it by its id yet. What a
 * listener throws is logged and changes nothing.
 */
public interface ConnectionListener {
    void joined(Connection connection);

    void left(Connection connection);
}
