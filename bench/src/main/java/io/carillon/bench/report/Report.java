package io.carillon.bench.report;

import io.carillon.bench.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts what was measured into the page: between its two marks, and into its picture. Nothing else of the page is touched. */
public final class Report {
    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final Path PICTURE = Path.of("docs", "images", "latency.svg");
    private static final String BEGIN = "<!-- bin/bench report: begin -->\n";
    private static final String END = "<!-- bin/bench report: end -->\n";

    private Report() {}

    /** Argument: the file of results. */
    public static void main(String[] arguments) throws IOException {
        Results results = new Results(Path.of(arguments[0]));
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        Files.writeString(PAGE, page.substring(0, begin) + picture(results) + new Tables(results) + page.substring(end));
        Files.writeString(PICTURE, new LatencyChart(results).svg());
        System.out.println(PAGE + " and " + PICTURE + " have what is in " + results);
    }

    private static String picture(Results results) {
        boolean steady = results.all().stream().anyMatch(one -> one.text("workload").equals("b"));
        return "\n" + (steady ? "![p99 against load, for each transport and server](images/latency.svg)\n\n" : "");
    }
}
