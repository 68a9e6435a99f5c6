package io.stockhook.subscription;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.subscription");

    @Test
    void featuresFormNoCircles() {
        slices().matching("io.stockhook.subscription.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that can be read without the others is one that can be changed without them")
                .check(SERVICE);
    }

    @Test
    void tenantsKnowNothingOfWhatTheyHave() {
        noClasses()
                .that()
                .resideInAPackage("..tenant..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..webhook..", "..apikey..")
                .because(
                        "a tenant's deletion is announced, and each feature that holds something of it deletes that itself")
                .check(SERVICE);
    }

    @Test
    void publicationKnowsTheContractOnly() {
        noClasses()
                .that()
                .resideInAPackage("..publication..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..tenant..", "..webhook..", "..apikey..", "..secret..")
                .because("what other services read is the records of common-events, not this service's own shapes")
                .check(SERVICE);
    }

    @Test
    void entitiesStayInTheirPackage() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .because("a row's shape is its feature's own business; records go in and out")
                .check(SERVICE);
    }

    @Test
    void resourcesLeaveTheDatabaseToServices() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .because("a resource validates, maps and calls; a transaction begins in the service")
                .check(SERVICE);
    }

    @Test
    void onlyPublicationWritesToTheOutbox() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..publication..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.stockhook.web.outbox..")
                .because("keys and values of the compacted topics are decided in one place")
                .check(SERVICE);
    }
}
