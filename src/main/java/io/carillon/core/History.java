package io.carillon.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a channel retains.
 *
 * @param publications in id order
 * @param cursor from where to ask for the next page
 * @param more true if the limit ended this page
 * @param gap what the asked cursor has missed, or null
 */
public record History(
        List<Publication> publications,
        long cursor,
        boolean more,
        @Nullable Gap gap) {}
