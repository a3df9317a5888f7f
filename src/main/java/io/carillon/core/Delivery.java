package io.carillon.core;

import java.util.List;

/**
 * What one write shall carry: gaps first, then publications in id order.
 *
 * @param cursor the client's cursor once it has received this, on all that it subscribes to
 * @param gapCursor the client's cursor once it has heard the gaps, when it subscribes to one channel only; else 0:
 *     then an older publication of another channel may still follow
 */
public record Delivery(List<Gap> gaps, List<Publication> publications, long cursor, long gapCursor) {}
