package dev.nslab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

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
