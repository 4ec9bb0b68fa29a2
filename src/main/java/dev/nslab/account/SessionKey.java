package dev.nslab.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The key by which this server knows its own cookies again. Kept in the data directory, where it is made when it is first needed. */
@Component
class SessionKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final Path file;
    private @Nullable SecretKeySpec key;

    SessionKey(@Value("${nslab.data-dir}") Path dataDir) {
        file = dataDir.resolve("session-key");
    }

    /** False: nothing was ever signed. */
    synchronized boolean exists() {
        return key != null || Files.exists(file);
    }

    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the session cookies, " + file + ", cannot be used", e);
        }
    }

    private synchronized SecretKeySpec key() throws IOException {
        SecretKeySpec known = key;
        if (known == null) {
            if (!Files.exists(file)) {
                make();
            }
            known = new SecretKeySpec(Files.readAllBytes(file), ALGORITHM);
            key = known;
        }
        return known;
    }

    /** Written elsewhere and moved, so that a full disk leaves no short key. */
    private void make() throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Made for this user alone: rw-------.
        Path fresh = Files.createTempFile(file.getParent(), "session-key", "");
        try {
            Files.write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
