package io.stockhook.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.events");

    @Test
    void theContractKnowsNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.eclipse.microprofile..")
                .because(
                        "tools, tests and services of another make read the same topics, and need nothing of Quarkus for it")
                .check(CLASSES);
    }

    @Test
    void theContractKnowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stockhook.inventory..",
                        "io.stockhook.subscription..",
                        "io.stockhook.delivery..",
                        "io.stockhook.receiver..",
                        "io.stockhook.web..")
                .because("it is what services agree on, so it can depend on none of them")
                .check(CLASSES);
    }

    @Test
    void packagesGoOneWay() {
        slices().matching("io.stockhook.events.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that can be read alone is one that can be changed alone")
                .check(CLASSES);
    }
}
