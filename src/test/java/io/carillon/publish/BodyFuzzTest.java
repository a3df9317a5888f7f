package io.carillon.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.carillon.protocol.ErrorCode;
import io.carillon.protocol.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Whatever a request says of its body: what is taken is the body, within its limit. */
class BodyFuzzTest {
    private static final int LIMIT = 64;

    /** Two lines, which are the headers Content-Type and Content-Length, then the body. */
    @FuzzTest(maxDuration = "2m")
    void bodies(byte[] input) throws IOException {
        String[] lines = new String(input, UTF_8).split("\n", 3);
        String type = lines[0];
        String length = lines.length > 1 && !lines[1].isEmpty() ? lines[1] : null;
        byte[] body = lines.length > 2 ? lines[2].getBytes(UTF_8) : new byte[0];
        try {
            byte[] taken = new Body(new ByteArrayInputStream(body), type, length).read(LIMIT);
            assertThat(taken.length).isLessThanOrEqualTo(LIMIT);
            assertThat(taken).isEqualTo(Arrays.copyOf(body, taken.length));
            assertThat(type.toLowerCase(Locale.ROOT)).contains("application/json");
        } catch (ProtocolException e) {
            assertThat(e.code()).isIn(ErrorCode.UNSUPPORTED_MEDIA_TYPE, ErrorCode.PAYLOAD_TOO_LARGE);
            assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(200).doesNotContain("\r", "\n");
        } catch (EOFException e) {
            assertThat(Long.parseLong(String.valueOf(length).trim())).isGreaterThan(body.length);
        }
    }
}
