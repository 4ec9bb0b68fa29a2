package dev.nslab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nslab");

    private static final ApplicationModules MODULES = ApplicationModules.of(NslabApplication.class);

    private static final int MOST_FILES = 30;

    /** Each package uses only the APIs of packages that its annotation allows, and there is no cycle. */
    @Test
    void modulesUseOnlyWhatTheyMay() {
        MODULES.verify();
    }

    @Test
    void noCircleIsWithinAModuleEither() {
        slices().matching("dev.nslab.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** To write it anew: -Dnslab.packages.write=docs/ARCHITECTURE.md */
    @Test
    void theTableOfPackagesIsTheirOwn() throws IOException {
        String begin = "<!-- of each package-info.java -->\n";
        String end = "<!-- end -->\n";
        Path document = Path.of("docs/ARCHITECTURE.md");
        String text = Files.readString(document);
        String written = text.substring(0, text.indexOf(begin))
                + begin
                + PackageTable.of(MODULES)
                + text.substring(text.indexOf(end));
        String target = System.getProperty("nslab.packages.write");
        if (target != null) {
            Files.writeString(Path.of(target), written);
        }
        assertThat(document).hasContent(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void noFolderIsTooFullToBeSeenAtOnce(String root) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(root))) {
            Map<Path, Long> files = all.filter(Files::isRegularFile)
                    .collect(Collectors.groupingBy(
                            file -> Objects.requireNonNull(file.getParent()), Collectors.counting()));
            assertThat(files)
                    .allSatisfy((folder, count) ->
                            assertThat(count).as(folder.toString()).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    @Test
    void noTwoPublicTypesHaveTheSameName() {
        assertThat(CLASSES.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyLinuxCallsTheKernel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nslab.linux")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(CLASSES);
    }

    @Test
    void onlyTerminalUsesPty4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nslab.terminal")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.pty4j..")
                .check(CLASSES);
    }

    @Test
    void linuxKnowsNoSpring() {
        noClasses()
                .that()
                .resideInAPackage("dev.nslab.linux")
                .and()
                .doNotHaveSimpleName("package-info") // has an annotation that is only for these tests
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
