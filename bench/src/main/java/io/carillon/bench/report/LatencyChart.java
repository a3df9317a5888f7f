package io.carillon.bench.report;

import io.carillon.bench.Results;
import io.carillon.bench.generator.Figures;
import io.carillon.bench.generator.Transport;
import io.carillon.bench.server.Peer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** p99 against load as an SVG picture: a panel for each transport, a line for each server, both axes logarithmic. */
final class LatencyChart {
    private static final int PANEL = 320;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int TOP = 34;
    private static final int GAP = 24;
    private static final int LEGEND = 50;
    private static final double[] LOADS = {10_000, 20_000, 50_000, 100_000, 200_000, 400_000};
    private static final double[] MILLIS = {1, 10, 100, 1_000};
    private static final double LEAST_LOAD = 8_000;
    private static final double MOST_LOAD = 500_000;
    private static final double LEAST_MILLIS = 0.5;
    private static final double MOST_MILLIS = 3_000;
    private static final List<String> COLOURS =
            List.of("#d1495b", "#e09f3e", "#8f5fbf", "#2e86ab", "#3a9d5d", "#7a7a7a", "#b5651d", "#555");

    private static final List<Peer> PEERS = List.of(Peer.values());

    private final Results results;

    LatencyChart(Results results) {
        this.results = results;
    }

    String svg() {
        int panels = Transport.values().length;
        int width = LEFT + panels * (PANEL + GAP);
        int height = TOP + HEIGHT + LEGEND + 40;
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"p99 latency against deliveries a second, for each transport and server\">%n",
                width, height));
        svg.append(
                """
                <style>
                text { font: 12px system-ui, sans-serif; fill: #333 }
                .title { font-weight: 600; font-size: 14px }
                .grid { stroke: #8884; fill: none }
                .line { fill: none; stroke-width: 2 }
                @media (prefers-color-scheme: dark) { text { fill: #ccc } }
                </style>
                """);
        int left = LEFT;
        for (Transport transport : Transport.values()) {
            panel(svg, transport, left);
            left += PANEL + GAP;
        }
        legend(svg, TOP + HEIGHT + 52);
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Transport transport, int left) {
        text(svg, left, TOP - 14, "title", "start", transport.label());
        for (double load : LOADS) {
            double x = left + x(load);
            line(svg, x, TOP, x, TOP + HEIGHT);
            text(svg, x, TOP + HEIGHT + 16, "", "middle", Math.round(load / 1000) + "k");
        }
        for (double millis : MILLIS) {
            double y = y(millis);
            line(svg, left, y, left + PANEL, y);
            if (left == LEFT) {
                text(svg, left - 6, y + 4, "", "end", Math.round(millis) + " ms");
            }
        }
        for (Peer peer : Peer.values()) {
            curve(svg, peer, transport, left);
        }
    }

    private void curve(StringBuilder svg, Peer peer, Transport transport, int left) {
        List<double[]> points = results.of(peer.id(), "b", transport.name())
                .map(one -> one.text("parameters"))
                .distinct()
                .map(rate -> Medians.of(results, peer.id(), "b", transport.name(), rate))
                .map(one -> new double[] {one.figure("deliveries_s"), one.figure("p99")})
                .filter(point -> point[0] > 0 && point[1] > 0)
                .sorted(Comparator.comparingDouble(point -> point[0]))
                .map(point -> new double[] {left + x(point[0]), y(point[1])})
                .toList();
        String colour = colour(peer);
        String path = points.stream()
                .map(point -> format("%.1f,%.1f", point[0], point[1]))
                .collect(Collectors.joining(" "));
        if (!points.isEmpty()) {
            svg.append(format("<polyline class=\"line\" stroke=\"%s\" points=\"%s\"/>%n", colour, path));
        }
        for (double[] point : points) {
            svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", point[0], point[1], colour));
        }
    }

    private void legend(StringBuilder svg, int top) {
        int at = LEFT;
        int y = top;
        for (Peer peer : Peer.values()) {
            if (results.all().stream().anyMatch(one -> isSteady(one, peer))) {
                svg.append(format(
                        "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n", at, y - 6, colour(peer)));
                text(svg, at + 20, y, "", "start", peer.label());
                at += 250;
                if (at > LEFT + 750) {
                    at = LEFT;
                    y += 20;
                }
            }
        }
        text(svg, LEFT, y + 26, "", "start", "p99 in ms from the intended send time, against deliveries a second (1,000 subscribers)");
    }

    private static boolean isSteady(Figures one, Peer peer) {
        return one.text("workload").equals("b") && one.text("peer").equals(peer.id());
    }

    private static String colour(Peer peer) {
        return COLOURS.get(PEERS.indexOf(peer));
    }

    private static double x(double load) {
        return PANEL * Math.log(clamp(load, LEAST_LOAD, MOST_LOAD) / LEAST_LOAD) / Math.log(MOST_LOAD / LEAST_LOAD);
    }

    private static double y(double millis) {
        double share = Math.log(clamp(millis, LEAST_MILLIS, MOST_MILLIS) / LEAST_MILLIS)
                / Math.log(MOST_MILLIS / LEAST_MILLIS);
        return TOP + HEIGHT * (1 - share);
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(format("<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\"/>%n", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, double x, double y, String style, String anchor, String words) {
        svg.append(format(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, words));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
    }
}
