package dev.nslab.pasted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documented list of what a sandbox answers differently is made from the sequences that are played. */
class WhatWorksTests {
    private static final Path WHAT_WORKS = Path.of("docs/WHAT-WORKS.md");

    /** To write it anew: -Dnslab.what-works.write=docs/WHAT-WORKS.md */
    @Test
    void whatAnswersOtherwiseIsInTheDocumentation() throws IOException {
        String begin = "<!-- of src/test/resources/pasted -->\n";
        String head = Files.readString(WHAT_WORKS).split(begin, 2)[0];
        String written = head + begin + table();
        String target = System.getProperty("nslab.what-works.write");
        if (target != null) {
            Files.writeString(Path.of(target), written);
        }
        assertThat(WHAT_WORKS).hasContent(written);
    }

    private static String table() {
        return "| what is pasted | why it differs from a machine of your own, and what to do |\n|---|---|\n"
                + Pasted.all()
                        .filter(pasted -> !pasted.because().isEmpty())
                        .map(pasted ->
                                "| `" + pasted.commands().replace("|", "\\|") + "` | " + pasted.because() + " |\n")
                        .collect(Collectors.joining());
    }
}
