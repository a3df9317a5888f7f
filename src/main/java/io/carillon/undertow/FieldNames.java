package io.carillon.undertow;

import io.undertow.util.HttpString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of header fields as Undertow looks for them. It takes text as well, and then copies and hashes it each time. For names that
 * stand in our code only, since none is forgotten. Safe for concurrent use.
 */
final class FieldNames {
    private static final Map<String, HttpString> ALL = new ConcurrentHashMap<>();

    private FieldNames() {}

    static HttpString of(String name) {
        HttpString known = ALL.get(name); // without the lock that computeIfAbsent may take
        return known == null ? ALL.computeIfAbsent(name, HttpString::new) : known;
    }
}
