package io.carillon.core;

import java.util.Locale;

/** A constant as it is said outside, in metrics, answers and log lines alike: {@code log-full}. */
public final class Labels {
    private Labels() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
