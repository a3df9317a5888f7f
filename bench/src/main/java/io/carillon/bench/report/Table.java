package io.carillon.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String... heads) {
        row(heads);
        lines.add("|" + "---|".repeat(heads.length));
    }

    void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    boolean isEmpty() {
        return lines.size() == 2;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
