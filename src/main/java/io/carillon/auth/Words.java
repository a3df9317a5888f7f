package io.carillon.auth;

import java.util.Arrays;
import java.util.List;

/** Lists as the configuration has them. */
public final class Words {
    private Words() {}

    /** The words of a list that are separated by commas or white space. */
    public static List<String> of(String list) {
        return Arrays.stream(list.split("[\\s,]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
