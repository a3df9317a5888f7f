package io.carillon.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate that nobody has signed, by the JDK's {@code keytool}. */
final class SelfSigned {
    static final String PASSWORD = "changeit";

    private SelfSigned() {}

    /** The key store in that folder, made if there is none. */
    static Path in(Path folder) throws IOException {
        Path keys = folder.resolve("keys.p12");
        if (!Files.exists(keys)) {
            Process keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "hub",
                            "-keyalg",
                            "RSA",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keys.toString(),
                            "-storepass",
                            PASSWORD,
                            "-dname",
                            "CN=localhost"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(keys)) {
                throw new IOException("no certificate: " + said);
            }
        }
        return keys;
    }
}
