package io.stockhook.receiver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.receiver");

    @Test
    void featuresDoNotDependOnEachOtherInCircles() {
        ArchRule rule = slices().matching("io.stockhook.receiver.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that can be read alone can be changed alone");
        rule.check(CLASSES);
    }

    @Test
    void publishingKnowsNothingOfWhereEventsComeFrom() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.stockhook.receiver.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.stockhook.receiver.ingest..", "io.stockhook.receiver.mock..")
                .because("every inbound source ends in publishing, and the arrow runs that way only");
        rule.check(CLASSES);
    }

    @Test
    void mockEndpointsStandAlone() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.stockhook.receiver.mock..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.stockhook.receiver.ingest..", "io.stockhook.receiver.event..")
                .because("a mock endpoint plays a subscriber, which knows of deliveries and nothing of this service");
        rule.check(CLASSES);
    }

    @Test
    void entitiesStayInTheirPackage() {
        ArchRule rule = classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .because("what is on the wire is a record, and a column must be free to change without it");
        rule.check(CLASSES);
    }

    @Test
    void resourcesHoldNoSql() {
        ArchRule rule = noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..", "io.agroal..")
                .because("a resource validates, maps and calls; transactions and tenants are the services' concern");
        rule.check(CLASSES);
    }
}
