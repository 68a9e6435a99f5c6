package io.stockhook.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LogArchitectureTests {

    private static final String[] ENGINE = {
        "..delivery.stream..",
        "..delivery.registry..",
        "..delivery.fanout..",
        "..delivery.admission..",
        "..delivery.ordered..",
        "..delivery.verdict..",
        "..delivery.dispatch..",
        "..delivery.retry..",
        "..delivery.wheel..",
        "..delivery.deadletter..",
        "..delivery.engine.."
    };

    private final JavaClasses service = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.delivery");

    @Test
    void theLogKnowsNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("..delivery.record..", "..delivery.query..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE)
                .because("the log is written from what is on the topics, so that it can be rebuilt from them alone")
                .check(service);
    }

    @Test
    void theEngineKnowsNothingOfTheLog() {
        noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..delivery.record..", "..delivery.query..", "..delivery.replay..")
                .because("deliveries must go on while PostgreSQL is away")
                .allowEmptyShould(true)
                .check(service);
    }

    @Test
    void readingDoesNotReachIntoWriting() {
        noClasses()
                .that()
                .resideInAPackage("..delivery.query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..delivery.record..")
                .because("they share the tables of the migration, the buckets of a histogram, and nothing else")
                .check(service);
    }

    @Test
    void replaysReachTheEngineByItsTopicsAlone() {
        noClasses()
                .that()
                .resideInAPackage("..delivery.replay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..delivery.registry..",
                        "..delivery.fanout..",
                        "..delivery.admission..",
                        "..delivery.ordered..",
                        "..delivery.dispatch..",
                        "..delivery.retry..",
                        "..delivery.wheel..",
                        "..delivery.deadletter..",
                        "..delivery.engine..",
                        "..delivery.record..")
                .because("any instance may be asked for a replay, and another one owns the endpoint")
                .check(service);
    }
}
