package io.carillon.faults;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The data of one publication of the bench. It carries its own checksum, so that a byte that was changed on the way, or on
 * the disk, is seen by whoever receives it.
 *
 * @param number in its channel
 * @param sentAt {@link System#nanoTime()} of this process
 */
record Payload(int number, long sentAt) {
    /** @param room characters of filling, which depend on the number */
    static String json(String channel, int number, long sentAt, int room) {
        String pad = pad(number, room);
        return form(number, sentAt, pad, sum(channel, number, sentAt, pad));
    }

    /** Null when it is not what {@link #json} made for that channel. */
    static Payload parse(String channel, String json) {
        try {
            int n = json.indexOf("\"t\":");
            int pad = json.indexOf("\"pad\":\"", n);
            int sum = json.lastIndexOf("\"sum\":");
            int number = Integer.parseInt(json.substring("{\"n\":".length(), n - 1));
            long sentAt = Long.parseLong(json.substring(n + "\"t\":".length(), pad - 1));
            String filling = json.substring(pad + "\"pad\":\"".length(), sum - 2);
            long found = Long.parseLong(json.substring(sum + "\"sum\":".length(), json.length() - 1));
            boolean whole =
                    found == sum(channel, number, sentAt, filling) && json.equals(form(number, sentAt, filling, found));
            return whole ? new Payload(number, sentAt) : null;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return null;
        }
    }

    private static String form(int number, long sentAt, String pad, long sum) {
        return "{\"n\":" + number + ",\"t\":" + sentAt + ",\"pad\":\"" + pad + "\",\"sum\":" + sum + "}";
    }

    private static String pad(int number, int room) {
        return Character.toString('a' + number % 26).repeat(room);
    }

    private static long sum(String channel, int number, long sentAt, String pad) {
        CRC32C crc = new CRC32C();
        crc.update((channel + ' ' + number + ' ' + sentAt + ' ' + pad).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
