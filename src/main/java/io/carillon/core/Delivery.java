package io.carillon.core;

import java.util.List;

/**
 * What one write shall carry: gaps first, then publications in id order.
 *
 * @param cursor the client's cursor once it has received this, on all that it subscribes to
 * @param gapCursor the client's cursor once it has heard the gaps; 0 when something older of another channel may still
 *     follow, or another gap
 */
public record Delivery(List<Gap> gaps, List<Publication> publications, long cursor, long gapCursor) {}
