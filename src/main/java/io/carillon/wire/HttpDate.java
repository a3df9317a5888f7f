package io.carillon.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as it stands in the field {@code Date} of an answer (RFC 9110, 5.6.7). */
public final class HttpDate {
    /** The JDK's {@code RFC_1123_DATE_TIME} has one digit for the first days of a month, where HTTP has two. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    public static String of(Instant time) {
        return FORMAT.format(time);
    }
}
