package io.carillon.server;

import java.util.Locale;

/** The servers that the hub is tested on. */
public enum Server {
    WILDFLY,
    PAYARA,
    TOMEE;

    /** The one that this run is for, by its Maven profile. */
    public static Server current() {
        return valueOf(System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT));
    }
}
