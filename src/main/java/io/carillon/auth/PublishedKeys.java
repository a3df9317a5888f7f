package io.carillon.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of whoever makes the tokens, from an address or a file. Read when first needed, then every
 * {@link #FRESH}, and sooner for a token whose key is not among them, at most once in {@link #PAUSE}. While they cannot be had, those
 * that we have serve for another {@link #OUTAGE}.
 */
final class PublishedKeys {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration OUTAGE = Duration.ofHours(1);
    /** How long a request waits for another one that is fetching. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private static final Pattern ADDRESS = Pattern.compile("https?:", Pattern.CASE_INSENSITIVE);
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int MOST_BYTES = 256 * 1024;

    private PublishedKeys() {}

    /** @param place an http(s) address or a file's path */
    static JWKSource<SecurityContext> at(String place) {
        return source(place)
                .cache(FRESH.toMillis(), WAIT.toMillis())
                .refreshAheadCache(false) // it would have threads of its own
                .rateLimited(PAUSE.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    private static JWKSourceBuilder<SecurityContext> source(String place) {
        if (!ADDRESS.matcher(place).lookingAt()) {
            return JWKSourceBuilder.create(new InFile(Path.of(place)));
        }
        try {
            return JWKSourceBuilder.create(URI.create(place).toURL(), new OneAddress());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the address of the keys is none", e);
        }
    }

    /** Fetches from the address that was configured, and from nowhere else that it may point to. */
    private static final class OneAddress extends DefaultResourceRetriever {
        OneAddress() {
            super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    private record InFile(Path file) implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
                throws JWKSetRetrievalException {
            try {
                return JWKSet.parse(Files.readString(file));
            } catch (IOException | ParseException e) {
                throw new JWKSetRetrievalException("file " + file + " has no keys: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
