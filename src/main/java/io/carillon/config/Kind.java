package io.carillon.config;

import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a key may be.
 *
 * @param type of the value once it is read
 * @param allowed how it is written and within which bounds, for people: completes the sentence "allowed is ..."
 * @param reader gives the value of a text, null when it is not allowed
 */
record Kind<T>(Class<T> type, String allowed, Function<String, @Nullable T> reader) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})([A-Za-z]{1,2}|%)");
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9_:-]+(\\.[A-Za-z0-9_:-]+)*");
    private static final Pattern PERMISSION = Pattern.compile("(subscribe|publish|history|presence):\\$?(?!.{256})"
            + "(([A-Za-z0-9_:-]+|\\*)\\.)*([A-Za-z0-9_:-]+|\\*{1,2})");
    private static final int MOST_IN_A_LIST = 256;
    private static final Pattern ROLE = Pattern.compile("\\s*[^\\s=;,]+\\s*=(.*)", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("https?:", Pattern.CASE_INSENSITIVE);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LEAST_SECRET = 32;
    private static final int MOST_SECRET = 1024;
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]+");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern NETWORK =
            Pattern.compile("(" + BYTE + "(\\." + BYTE + "){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(/(?<bits>\\d{1,3}))?");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int CHANNEL_LENGTH = 255;

    /** A time with its unit: {@code 100ms}, {@code 25s}, {@code 5m}, {@code 1h}, {@code 7d}. */
    static Kind<Duration> duration(String least, String most) {
        Duration low = bound(readDuration(least));
        Duration high = bound(readDuration(most));
        return new Kind<>(
                Duration.class,
                "a time from " + least + " to " + most,
                within(Kind::readDuration, time -> time.compareTo(low) >= 0 && time.compareTo(high) <= 0));
    }

    /** Bytes with their unit: {@code 512B}, {@code 16KB}, {@code 4MB}, {@code 1GB}; a KB has 1024. */
    static Kind<Long> size(String least, String most) {
        long low = bound(readSize(least));
        long high = bound(readSize(most));
        return new Kind<>(
                Long.class,
                "a size from " + least + " to " + most,
                within(Kind::readSize, size -> size >= low && size <= high));
    }

    /** A size, or a share of the largest heap that this JVM may take; half of that heap at most. */
    static Kind<Long> heap(String least, long maxHeap) {
        long low = bound(readSize(least));
        return new Kind<>(
                Long.class,
                "a size from " + least + ", or a share of the heap such as 25%; at most half of the heap",
                within(text -> readShare(text, maxHeap), size -> size >= low && size <= maxHeap / 2));
    }

    static Kind<Integer> integer(int least, int most) {
        return new Kind<>(
                Integer.class,
                "an integer from " + least + " to " + most,
                within(Kind::readInteger, number -> number >= least && number <= most));
    }

    /** An integer, or the word {@code processors}: as many as this machine has, within the bounds. */
    static Kind<Integer> threads(int least, int most) {
        int processors = Math.min(most, Math.max(least, Runtime.getRuntime().availableProcessors()));
        return new Kind<>(
                Integer.class,
                "an integer from " + least + " to " + most + ", or `processors`: as many as there are",
                within(
                        text -> text.equals("processors") ? (Integer) processors : readInteger(text),
                        number -> number >= least && number <= most));
    }

    static Kind<Boolean> flag() {
        return new Kind<>(Boolean.class, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
    }

    /** A node's name, or the word {@code random}. */
    static Kind<String> node() {
        return new Kind<>(
                String.class,
                "1 to 32 letters and digits, or `random`: six of them, other ones at each start",
                text -> text.equals("random")
                        ? randomName()
                        : NODE.matcher(text).matches() ? text : null);
    }

    static Kind<String> channel() {
        return new Kind<>(
                String.class,
                "a channel's name: 1 to " + CHANNEL_LENGTH + " of A-Z a-z 0-9 _ . : - without an empty segment",
                text -> text.length() <= CHANNEL_LENGTH && CHANNEL.matcher(text).matches() ? text : null);
    }

    /** One of some words. */
    static Kind<String> word(String... words) {
        List<String> allowed = List.of(words);
        int last = words.length - 1;
        String others = String.join("`, `", allowed.subList(0, last));
        return new Kind<>(
                String.class,
                "`" + others + "` or `" + words[last] + "`",
                text -> allowed.contains(text) ? text : null);
    }

    /** A directory's path, or the word {@code server}. */
    static Kind<String> directory() {
        return new Kind<>(String.class, "the path of a directory, or `server`", text -> text.isEmpty() ? null : text);
    }

    /** Rules for channels; what is wrong with them is kept beside them. */
    static Kind<ChannelRules> rules() {
        return new Kind<>(ChannelRules.class, ChannelRules.ALLOWED, ChannelRules::read);
    }

    /** A word that nobody else may know; empty is none. */
    static Kind<String> secret() {
        return new Kind<>(
                String.class, "at least " + LEAST_SECRET + " bytes, at most " + MOST_SECRET + "; never shown", text -> {
                    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
                    return bytes == 0 || (bytes >= LEAST_SECRET && bytes <= MOST_SECRET) ? text : null;
                });
    }

    /** An address that is called; empty is none. */
    static Kind<String> address() {
        return new Kind<>(
                String.class,
                "an https address, or an http address on loopback",
                text -> text.isEmpty() || (ADDRESS.matcher(text).lookingAt() && isKeySet(text)) ? text : null);
    }

    /** Some of these words; empty is none. */
    static Kind<String> words(String... words) {
        List<String> allowed = List.of(words);
        return new Kind<>(
                String.class,
                "a list of `" + String.join("`, `", allowed) + "`",
                text -> isList(text, allowed::contains) ? text : null);
    }

    /** A set of public keys: an address or a file; empty is none. */
    static Kind<String> keySet() {
        return new Kind<>(
                String.class,
                "an https address, an http address on loopback, or the path of a file",
                text -> isKeySet(text) ? text : null);
    }

    /** Permissions; empty is none. */
    static Kind<String> permissions() {
        return new Kind<>(
                String.class,
                "a list of `subscribe:`, `publish:`, `history:` or `presence:`, each with a channel or pattern",
                text -> isList(text, Kind::isPermission) ? text : null);
    }

    /** Roles with their permissions; empty is none. */
    static Kind<String> roles() {
        return new Kind<>(
                String.class, "`role=permissions`, of which one may be `admin`; several separated by `;`", text -> {
                    boolean all =
                            text.isEmpty() || Arrays.stream(text.split(";", -1)).allMatch(Kind::isRole);
                    return all ? text : null;
                });
    }

    /** Origins; empty is none. */
    static Kind<String> origins() {
        return new Kind<>(
                String.class,
                "a list of `scheme://host` or `scheme://host:port`",
                text -> isList(text, origin -> ORIGIN.matcher(origin).matches()) ? text : null);
    }

    /** Addresses; empty is none. */
    static Kind<String> proxies() {
        return new Kind<>(
                String.class,
                "a list of addresses, of networks such as `10.0.0.0/8`, and of `loopback`",
                text -> isList(text, Kind::isProxy) ? text : null);
    }

    /** Any text; empty is none. */
    static Kind<String> text() {
        return new Kind<>(String.class, "any text", text -> text);
    }

    /** A file's path; empty is none. */
    static Kind<String> path() {
        return new Kind<>(String.class, "the path of a file", text -> text);
    }

    /** Several of what {@code one} takes, separated by commas or white space; or nothing. */
    private static boolean isList(String text, Predicate<String> one) {
        String[] words = text.split("[\\s,]+", -1);
        return text.isEmpty()
                || (words.length <= MOST_IN_A_LIST && Arrays.stream(words).allMatch(one));
    }

    private static boolean isPermission(String text) {
        return PERMISSION.matcher(text).matches();
    }

    private static boolean isRole(String text) {
        Matcher role = ROLE.matcher(text);
        String permissions = role.matches() ? role.group(1).trim() : "";
        return !permissions.isEmpty() && isList(permissions, one -> one.equals("admin") || isPermission(one));
    }

    private static boolean isProxy(String text) {
        Matcher network = NETWORK.matcher(text);
        if (!network.matches()) {
            return text.equals("loopback");
        }
        try {
            // In digits: no name is looked up.
            int most = InetAddress.getByName(network.group(1)).getAddress().length * 8;
            return network.group("bits") == null || Integer.parseInt(network.group("bits")) <= most;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isKeySet(String text) {
        try {
            if (!ADDRESS.matcher(text).lookingAt()) {
                return Path.of(text) != null;
            }
            URL address = new URI(text).parseServerAuthority().toURL();
            boolean plain = address.getProtocol().equals("http");
            return !address.getHost().isEmpty()
                    && address.getUserInfo() == null
                    && (!plain || LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT)));
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            return false;
        }
    }

    private static <T> Function<String, @Nullable T> within(Function<String, @Nullable T> reader, Predicate<T> bounds) {
        return text -> {
            T value = reader.apply(text);
            return value != null && bounds.test(value) ? value : null;
        };
    }

    private static @Nullable Duration readDuration(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return null;
        }
        long number = Long.parseLong(amount.group(1));
        return switch (amount.group(2).toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> null;
        };
    }

    private static @Nullable Long readSize(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return null;
        }
        long number = Long.parseLong(amount.group(1));
        long unit = switch (amount.group(2).toUpperCase(Locale.ROOT)) {
            case "B" -> 1;
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            default -> 0;
        };
        return unit == 0 || number > Long.MAX_VALUE / unit ? null : (Long) (number * unit);
    }

    private static @Nullable Long readShare(String text, long maxHeap) {
        Matcher amount = AMOUNT.matcher(text);
        if (amount.matches() && amount.group(2).equals("%")) {
            long percent = Long.parseLong(amount.group(1));
            return percent > 100 ? null : (Long) (maxHeap / 100 * percent);
        }
        return readSize(text);
    }

    private static @Nullable Integer readInteger(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String randomName() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    private static <T> T bound(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("a bound in Key is not written as its values are");
        }
        return value;
    }
}
