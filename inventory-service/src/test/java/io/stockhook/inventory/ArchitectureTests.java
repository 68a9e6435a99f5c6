package io.stockhook.inventory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private final JavaClasses service = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.inventory");

    @Test
    void featuresFormNoCircle() {
        slices().matching("io.stockhook.inventory.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a feature that can be read alone can be changed alone")
                .check(service);
    }

    @Test
    void productsKnowNothingOfTheLedgerThatRecordsThem() {
        noClasses()
                .that()
                .resideInAPackage("..product..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..stock..")
                .because("the ledger fulfils an interface of the product, so that another ledger can take its place")
                .check(service);
    }

    @Test
    void entitiesStayInTheirPackage() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .should()
                .bePackagePrivate()
                .because("a row is not a wire type: the API must not change because a column does")
                .check(service);
    }

    @Test
    void onlyTheOutboxReachesKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..outbox..", "io.stockhook.inventory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.stockhook.web.outbox..", "io.stockhook.events.outbox..")
                .because("an event that does not go through the outbox can tell of a change that was rolled back")
                .check(service);
    }

    @Test
    void resourcesHoldNoLogic() {
        noClasses()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Repository")
                .because("a resource validates, maps and calls; transactions begin in the service")
                .check(service);
    }
}
