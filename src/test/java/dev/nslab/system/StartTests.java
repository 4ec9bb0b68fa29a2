package dev.nslab.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.NslabApplication;
import dev.nslab.exposure.OpenAddressException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartTests {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void isRefusedOnAnAddressThatOthersCanReach(String address, CapturedOutput output) {
        assertThatThrownBy(() ->
                        SpringApplication.run(NslabApplication.class, "--server.address=" + address, "--server.port=0"))
                .hasRootCauseInstanceOf(OpenAddressException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "nslab.access=personal", "ssh -L")
                .doesNotContain("at org.springframework");
    }

    @Test
    void isAllowedThereBehindTheLoopbackOfAContainersHost() {
        try (var server = SpringApplication.run(
                NslabApplication.class,
                "--server.address=0.0.0.0",
                "--nslab.behind-loopback=true",
                "--server.port=0",
                "--nslab.read-lessons-early=false")) {
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void tellsPeopleInWordsAndScriptsInAFileWhereItAnswers(@TempDir Path folder, CapturedOutput output)
            throws IOException {
        Path file = folder.resolve("port");
        try (var server = SpringApplication.run(
                NslabApplication.class,
                "--server.port=0",
                "--nslab.port-file=" + file,
                "--nslab.read-lessons-early=false")) {
            String port = server.getEnvironment().getProperty("local.server.port");
            assertThat(file).hasContent(port);
            assertThat(output).contains("nslab is ready: http://localhost:" + port);
        }
    }

    @Test
    void isRefusedWithAPublicAddressThatIsNone() {
        assertThatThrownBy(() -> SpringApplication.run(
                        NslabApplication.class, "--nslab.public-url=lab.example.org", "--server.port=0"))
                .rootCause()
                .hasMessageContaining("nslab.public-url must be an address such as");
    }
}
