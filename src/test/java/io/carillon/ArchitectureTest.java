package io.carillon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Every arrow points at core; only boot knows which log there is. */
class ArchitectureTest {
    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.carillon");

    @Test
    void coreKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.carillon.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.carillon.core..", "java..", "org.jspecify..")
                .allowEmptyShould(true)
                .check(HUB);
    }

    @Test
    void transportsDoNotKnowEachOther() {
        slices().matching("io.carillon.transport.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(HUB);
    }

    @Test
    void onlyBootKnowsTheLogsImplementations() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.carillon.boot..", "io.carillon.log..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.carillon.log..")
                .allowEmptyShould(true)
                .check(HUB);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.carillon.(*)..").should().beFreeOfCycles().check(HUB);
    }
}
