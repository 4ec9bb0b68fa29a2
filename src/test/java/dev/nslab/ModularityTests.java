package dev.nslab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.nslab");

    @Test
    void modulesHaveNoCyclesAndUseOnlyEachOthersApi() {
        ApplicationModules.of(NslabApplication.class).verify();
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
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
