package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.catalogue.CatalogueEntry;
import dev.nslab.catalogue.LessonPage;
import dev.nslab.lab.web.LessonController;
import dev.nslab.lab.web.ProgressController;
import dev.nslab.lab.wire.SandboxMessage;
import dev.nslab.lesson.Block;
import dev.nslab.lesson.Fault;
import dev.nslab.progress.ProgressView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lessons and progress are sent as in the golden files, which the page's tests read, too. */
class LessonWireTests {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void catalogue() {
        CatalogueEntry nested = new CatalogueEntry(
                "nested-pid",
                40,
                "Nested PID namespaces",
                "One process, three PIDs: who sees whom.",
                15,
                4,
                1,
                null,
                List.of("network-admin"));
        Fault fault = new Fault("lesson.yaml", 7, "undefined field 'pidz' in \"processes.exists(p, p.pidz == 1)\"");
        CatalogueEntry broken = new CatalogueEntry("my-own", 1000, "my-own", "", null, 0, 0, List.of(fault), List.of());
        assertWritten(new LessonController.Listed(List.of(nested, broken)), "rest-lessons");
    }

    @Test
    void lesson() {
        List<Block> first = List.of(
                new Block.Prose("<p>Ask the kernel for one.</p>\n"),
                new Block.Predict("inner", "<p>Which PID will bash have inside?</p>\n", List.of("1", "13")),
                new Block.Run(1, "unshare -p -f -u --mount-proc bash", false),
                new Block.Check("first", "<p>A bash that is PID 1 inside.</p>\n"),
                new Block.Hint("<p>Did you forget <code>-f</code>?</p>\n"));
        List<Block> kill = List.of(
                new Block.Run(2, "kill -9 {{first[0].pid}}", false),
                new Block.Run(1, "", true),
                new Block.Check("kill", ""),
                new Block.Predict("free", "<p>How many are left?</p>\n", List.of()),
                new Block.Quiz(
                        "why",
                        "<p>Why did all of them die?</p>\n",
                        List.of("<p>They were children of bash.</p>\n", "<p>Their init died.</p>\n"),
                        false));
        assertWritten(
                new LessonPage(
                        "nested-pid",
                        "Nested PID namespaces",
                        "One process, three PIDs: who sees whom.",
                        40,
                        15,
                        List.of("network-admin"),
                        List.of(
                                new LessonPage.StepPage("first", "A namespace of your own", first),
                                new LessonPage.StepPage("kill", "The end of it", kill))),
                "rest-lesson");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest-progress", "rest-progress-none"})
    void progress(String golden) {
        assertWritten(JSON.treeToValue(golden(golden), ProgressView.class), golden);
    }

    @Test
    void progressToAWatcher() {
        ProgressView progress = JSON.treeToValue(golden("sandbox-progress"), ProgressView.class);
        assertWritten(new SandboxMessage.Progress(progress), "sandbox-progress");
        assertWritten(ProgressView.NONE, "rest-progress-none");
    }

    @Test
    void requests() {
        assertThat(read("rest-lesson-request", ProgressController.Followed.class))
                .isEqualTo(new ProgressController.Followed("nested-pid"));
        assertThat(read("rest-prediction-request", ProgressController.Predicted.class))
                .isEqualTo(new ProgressController.Predicted("1"));
        assertThat(read("rest-quiz-request", ProgressController.Chosen.class))
                .isEqualTo(new ProgressController.Chosen(List.of(0)));
        assertThat(read("rest-place-request", ProgressController.Place.class))
                .isEqualTo(new ProgressController.Place("kill"));
    }

    private static <T> T read(String golden, Class<T> type) {
        return JSON.treeToValue(golden(golden), type);
    }

    private static void assertWritten(Object message, String golden) {
        assertThat(JSON.readTree(JSON.writeValueAsString(message))).isEqualTo(golden(golden));
    }

    private static JsonNode golden(String name) {
        try (InputStream file = LessonWireTests.class.getResourceAsStream("/wire/" + name + ".json")) {
            return JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
