package io.carillon;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The map in ARCHITECTURE.md: every arrow points at core; only boot knows which log there is. */
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
    void onlyTheMonitorKnowsMicrometerAndPrometheus() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.carillon.monitor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(HUB);
    }

    /** Elsewhere its classes are not there, and no container may come upon them. */
    @ParameterizedTest
    @EnumSource
    void onlyWhatIsMadeForAServerKnowsItAndNobodyKnowsThat(Inside inside) {
        noClasses()
                .that(describe("are not made for " + inside, one -> !inside.madeForIt(one)))
                .should()
                .dependOnClassesThat(describe("are of " + inside, inside::owns))
                .check(HUB);
        noClasses()
                .that(describe("are not made for " + inside, one -> !inside.madeForIt(one)))
                .and()
                .doNotHaveFullyQualifiedName(
                        "io.carillon.transport.AsyncOutput") // goes without where it cannot be loaded
                .should()
                .dependOnClassesThat(describe("are made for " + inside, inside::madeForIt))
                .check(HUB);
    }

    /** Payara loads each class that takes injection or has an annotation of the containers', and does not start if it cannot. */
    @ParameterizedTest
    @EnumSource
    void noContainerHasAReasonToLoadWhatKnowsAServer(Inside inside) {
        noClasses()
                .that(describe(
                        "know " + inside,
                        one -> one.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> inside.owns(dependency.getTargetClass()))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.inject..", "jakarta.enterprise..", "jakarta.ejb..", "jakarta.servlet.annotation..")
                .check(HUB);
    }

    /** Who goes beneath a server's standard interfaces says so in his name: {@code UndertowWire}. */
    private enum Inside {
        UNDERTOW("Undertow", "io.undertow|org.xnio"),
        TOMCAT("Tomcat", "org.apache.(tomcat|coyote|catalina)"),
        GRIZZLY("Grizzly", "org.glassfish.grizzly");

        private final String name;
        private final String packages;

        Inside(String name, String packages) {
            this.name = name;
            this.packages = packages;
        }

        boolean owns(JavaClass one) {
            return one.getPackageName().matches("(" + packages + ")(\\..*)?");
        }

        boolean madeForIt(JavaClass one) {
            return one.getPackageName().equals("io.carillon." + name.toLowerCase(Locale.ROOT))
                    || (one.getPackageName().matches("io\\.carillon\\.(transport|wire)")
                            && one.getName().matches(".*\\." + name + "\\w+(\\$.*)?"));
        }
    }

    @Test
    void packagesKnowOnlyWhatTheMapSays() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("config")
                .definedBy("io.carillon.config..")
                .layer("protocol")
                .definedBy("io.carillon.protocol..")
                .layer("auth")
                .definedBy("io.carillon.auth..")
                .layer("gate")
                .definedBy("io.carillon.gate..")
                .layer("admin")
                .definedBy("io.carillon.admin..")
                .layer("publish")
                .definedBy("io.carillon.publish..")
                .layer("transport")
                .definedBy("io.carillon.transport..")
                .layer("monitor")
                .definedBy("io.carillon.monitor..")
                .layer("timer")
                .definedBy("io.carillon.timer..")
                .layer("demo")
                .definedBy("io.carillon.demo..")
                .layer("log")
                .definedBy("io.carillon.log..")
                .layer("rest")
                .definedBy("io.carillon.rest..")
                .layer("remote")
                .definedBy("io.carillon.remote..")
                .layer("hook")
                .definedBy("io.carillon.hook..")
                .layer("cdi")
                .definedBy("io.carillon.cdi..")
                .layer("polling")
                .definedBy("io.carillon.polling..")
                .layer("undertow")
                .definedBy("io.carillon.undertow..")
                .layer("wire")
                .definedBy("io.carillon.wire..")
                .layer("boot")
                .definedBy("io.carillon.boot..")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("wire")
                .mayNotAccessAnyLayer()
                .whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .whereLayer("timer")
                .mayNotAccessAnyLayer()
                .whereLayer("log")
                .mayNotAccessAnyLayer()
                .whereLayer("publish")
                .mayOnlyAccessLayers("config", "protocol", "auth", "transport", "rest")
                .whereLayer("transport")
                .mayOnlyAccessLayers("config", "protocol", "auth", "wire")
                .whereLayer("auth")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("admin")
                .mayOnlyAccessLayers("config", "protocol", "auth", "timer", "rest")
                .whereLayer("gate")
                .mayOnlyAccessLayers("config", "protocol", "auth", "transport", "rest")
                .whereLayer("undertow")
                .mayOnlyAccessLayers("protocol", "auth", "gate", "publish", "transport", "polling", "wire")
                .whereLayer("polling")
                .mayOnlyAccessLayers("protocol", "auth", "gate", "transport", "wire")
                .whereLayer("monitor")
                .mayOnlyAccessLayers("config", "protocol", "auth", "transport")
                .whereLayer("demo")
                .mayOnlyAccessLayers("config")
                .whereLayer("rest")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("hook")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("cdi")
                .mayOnlyAccessLayers("config", "protocol")
                .whereLayer("remote")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("remote")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("boot")
                .mayNotBeAccessedByAnyLayer()
                .check(HUB);
    }

    @Test
    void whatIsNotAtTheEdgeRunsWithoutAContainer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.carillon.core..",
                        "io.carillon.config..",
                        "io.carillon.log..",
                        "io.carillon.protocol..",
                        "io.carillon.remote..",
                        "io.carillon.hook..",
                        "io.carillon.auth..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "javax..")
                        .and(resideOutsideOfPackage("javax.crypto.."))) // which every JDK has
                .check(HUB);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.carillon.(*)..").should().beFreeOfCycles().check(HUB);
    }
}
