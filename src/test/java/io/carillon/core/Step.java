package io.carillon.core;

import java.util.function.Consumer;

/** A step of a random story, that can be read in a report. */
record Step<T>(String text, Consumer<T> action) {
    @Override
    public String toString() {
        return text;
    }
}
