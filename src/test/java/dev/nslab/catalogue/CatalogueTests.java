package dev.nslab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.lesson.Language;
import dev.nslab.lesson.Lesson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTests {

    private static final Path TRIAL = Path.of("src/test/resources/own-lessons/trial");

    @TempDir
    Path folder;

    private Catalogue catalogue = new Catalogue(null);

    @BeforeEach
    void open() {
        catalogue = new Catalogue(folder);
    }

    @Test
    void takesUpWhatAnAuthorWritesWhileTheServerRuns() throws IOException {
        assertThat(catalogue.readings()).containsKey("pid").doesNotContainKey("trial");
        Path lesson = copy("trial");
        assertThat(title("trial")).isEqualTo("A trial");
        Lesson pid = good("pid");
        Files.writeString(lesson.resolve("en.md"), text(lesson, "en.md").replace("# A trial", "# Another"));
        assertThat(title("trial")).isEqualTo("Another");
        assertThat(good("pid")).as("what has not changed is not read again").isSameAs(pid);
        Files.delete(lesson.resolve("zh-CN.md"));
        assertThat(catalogue.readings().get("trial")).isInstanceOf(Reading.Broken.class);
        assertThat(catalogue.readings().get("pid")).isInstanceOf(Reading.Good.class);
        Files.delete(lesson.resolve("en.md"));
        Files.delete(lesson.resolve("lesson.yaml"));
        assertThat(catalogue.readings()).doesNotContainKey("trial");
    }

    @Test
    void anAuthorsLessonTakesThePlaceOfABuiltInOne() throws IOException {
        Path lesson = copy("pid");
        Files.writeString(
                lesson.resolve("lesson.yaml"), text(lesson, "lesson.yaml").replace("id: trial", "id: pid"));
        assertThat(title("pid")).isEqualTo("A trial");
    }

    @Test
    void aFolderThatIsGoneLeavesTheLessonsThatWereRead() throws IOException {
        copy("trial");
        assertThat(title("trial")).isEqualTo("A trial");
        Files.move(folder.resolve("trial"), folder.resolveSibling("elsewhere"));
        Files.delete(folder);
        assertThat(title("trial")).isEqualTo("A trial");
        Files.move(
                folder.resolveSibling("elsewhere"),
                Files.createDirectory(folder).resolve("trial"));
    }

    @Test
    void aFolderThatNeverWasLeavesTheBuiltInLessons() {
        assertThat(new Catalogue(folder.resolve("nothing")).readings()).containsKey("pid");
    }

    /** An author who may not read a file must not be able to read it as a lesson. */
    @Test
    void followsNoLinkThatLeadsOut(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "# A trial of the secret");
        Path lesson = copy("trial");
        Files.delete(lesson.resolve("en.md"));
        Files.createSymbolicLink(lesson.resolve("en.md"), secret);
        assertLeadsOut("trial", "en.md");
        Files.delete(lesson.resolve("en.md"));
        Files.createSymbolicLink(
                lesson.resolve("en.md"),
                Path.of("../../" + folder.relativize(secret).getFileName()));
        Files.copy(secret, folder.resolveSibling("secret"));
        assertLeadsOut("trial", "en.md");
        Files.delete(folder.resolveSibling("secret"));
        Path outside = Files.move(lesson, elsewhere.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("linked"), outside);
        assertLeadsOut("linked", "lesson.yaml");
    }

    @Test
    void followsLinksWithinTheFolder() throws IOException {
        Path lesson = copy("trial");
        Path texts = Files.createDirectory(folder.resolve(".texts"));
        Files.move(lesson.resolve("en.md"), texts.resolve("trial.md"));
        Files.createSymbolicLink(lesson.resolve("en.md"), Path.of("../.texts/trial.md"));
        assertThat(title("trial")).isEqualTo("A trial");
        Path link = Files.createSymbolicLink(folder.resolveSibling("link-" + folder.getFileName()), folder);
        assertThat(new Catalogue(link).readings().get("trial"))
                .as("the folder itself may be a link: its operator names it")
                .isInstanceOf(Reading.Good.class);
        Files.delete(link);
    }

    private void assertLeadsOut(String id, String file) {
        Reading reading = catalogue.readings().get(id);
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        assertThat(((Reading.Broken) Objects.requireNonNull(reading)).faults())
                .anySatisfy(fault -> {
                    assertThat(fault.file()).isEqualTo(file);
                    assertThat(fault.reason()).contains("a link leads out");
                })
                .noneSatisfy(fault -> assertThat(fault.toString()).contains("secret"));
    }

    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (String file : LessonFolder.FILES) {
            Files.copy(TRIAL.resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private static String text(Path lesson, String file) throws IOException {
        return Files.readString(lesson.resolve(file));
    }

    private Lesson good(String id) {
        Map<String, Reading> readings = catalogue.readings();
        assertThat(readings.get(id)).isInstanceOf(Reading.Good.class);
        return ((Reading.Good) Objects.requireNonNull(readings.get(id))).lesson();
    }

    private String title(String id) {
        return good(id).in(Language.ENGLISH).title();
    }
}
