package io.carillon.support;

/** How long the tests of races and properties look; {@code -Dcarillon.tries=20} looks twenty times as long. */
public final class Tries {
    private static final int FACTOR = Integer.getInteger("carillon.tries", 1);

    public static int of(int quick) {
        return quick * FACTOR;
    }

    private Tries() {}
}
