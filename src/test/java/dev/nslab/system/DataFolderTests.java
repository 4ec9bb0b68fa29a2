package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.NslabApplication;
import dev.nslab.account.SessionCookies;
import dev.nslab.lab.LabClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Nobody else on this machine can read what the server keeps, whatever its umask. */
class DataFolderTests {

    @TempDir
    Path temporary;

    @Test
    void isTheServersAlone() throws IOException {
        Path folder = temporary.resolve("made/here");
        use(folder);
        assertThat(modes(folder))
                .contains(
                        "700 " + folder, "600 " + folder.resolve("nslab.mv.db"), "600 " + folder.resolve("session-key"))
                .allMatch(line -> line.startsWith("700") || line.startsWith("600"));
    }

    /** A folder that an earlier server has made readable for everybody. */
    @Test
    void becomesSo() throws IOException {
        use(temporary);
        Path file = temporary.resolve("nslab.mv.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(modes(temporary)).contains("644 " + file);
        use(temporary);
        assertThat(modes(temporary)).contains("600 " + file);
    }

    private static void use(Path folder) {
        try (ConfigurableApplicationContext server =
                        SpringApplication.run(NslabApplication.class, "--server.port=0", "--nslab.data-dir=" + folder);
                LabClient client = new LabClient(
                        Integer.parseInt(server.getEnvironment().getRequiredProperty("local.server.port")))) {
            assertThat(server.getBean(SessionCookies.class).issue().getValue()).isNotEmpty();
            assertThat(client.get("/api/lessons").status()).isEqualTo(200);
        }
    }

    private static List<String> modes(Path folder) throws IOException {
        Process stat = new ProcessBuilder("find", folder.toString(), "-printf", "%m %p\n").start();
        return new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
