package io.carillon.config;

import java.util.Map;

/**
 * One place that values come from.
 *
 * @param origin where that is, for people: "system property"
 * @param values by {@link Key#key()}; anything else in it is reported as unknown
 */
public record Layer(String origin, Map<String, String> values) {
    public Layer {
        values = Map.copyOf(values);
    }
}
