package io.carillon.core;

/**
 * Hears of each connection once when it joins and once when it leaves. Called on the thread that caused it, outside of
 * all locks; must not block.
 */
public interface ConnectionListener {
    void joined(Connection connection);

    void left(Connection connection);
}
