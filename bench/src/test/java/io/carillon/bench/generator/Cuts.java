package io.carillon.bench.generator;

import java.util.function.Consumer;

/** A text as it may come: in three pieces, wherever it is cut. */
final class Cuts {
    private Cuts() {}

    /**
     * Hands over the pieces of each way to cut it, empty ones too.
     *
     * @param checked is told after each way where the cuts were, and clears what was found
     */
    static void of(String text, Consumer<String> piece, Consumer<String> checked) {
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                piece.accept(text.substring(0, first));
                piece.accept(text.substring(first, second));
                piece.accept(text.substring(second));
                checked.accept("cut at " + first + " and " + second);
            }
        }
    }
}
