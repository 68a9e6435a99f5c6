package io.stockhook.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EngineArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stockhook.delivery");

    @Test
    void packagesFollowTheWayOfAnEvent() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("engine")
                .definedBy("..delivery.engine..")
                .layer("fanout")
                .definedBy("..delivery.fanout..")
                .layer("admission")
                .definedBy("..delivery.admission..")
                .layer("ordered")
                .definedBy("..delivery.ordered..")
                .layer("verdict")
                .definedBy("..delivery.verdict..")
                .layer("dispatch")
                .definedBy("..delivery.dispatch..")
                .layer("confirmation")
                .definedBy("..delivery.confirmation..")
                .layer("retry")
                .definedBy("..delivery.retry..")
                .layer("wheel")
                .definedBy("..delivery.wheel..")
                .layer("deadletter")
                .definedBy("..delivery.deadletter..")
                .whereLayer("engine")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("fanout")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("ordered")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("admission")
                .mayOnlyBeAccessedByLayers("engine", "fanout", "ordered")
                .whereLayer("verdict")
                .mayOnlyBeAccessedByLayers("engine", "admission", "ordered")
                .whereLayer("dispatch")
                .mayOnlyBeAccessedByLayers("engine", "admission", "ordered", "verdict")
                .whereLayer("retry")
                .mayOnlyBeAccessedByLayers(
                        "engine", "admission", "ordered", "verdict", "dispatch", "confirmation", "deadletter")
                .whereLayer("confirmation")
                .mayOnlyBeAccessedByLayers("engine", "admission", "dispatch")
                .whereLayer("wheel")
                .mayOnlyBeAccessedByLayers("engine", "fanout", "dispatch")
                .whereLayer("deadletter")
                .mayOnlyBeAccessedByLayers("engine", "dispatch")
                .because(
                        "an event goes from fan-out over admission, or the orders of ordered endpoints, which admission's rates"
                                + " and circuits restrain as well, dispatch and retry to the wheel or the dead letters,"
                                + " and whoever follows it through the packages must not have to turn back")
                .check(CLASSES);
    }

    @Test
    void packagesGoOneWay() {
        slices().matching("io.stockhook.delivery.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that can be read alone is one that can be changed alone")
                .check(CLASSES);
    }

    @Test
    void onlyOrderedDeliveriesAskTheDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..delivery.stream..",
                        "..delivery.registry..",
                        "..delivery.fanout..",
                        "..delivery.admission..",
                        "..delivery.verdict..",
                        "..delivery.dispatch..",
                        "..delivery.retry..",
                        "..delivery.wheel..",
                        "..delivery.deadletter..",
                        "..delivery.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "io.agroal..")
                .because(
                        "a delivery without an order needs nothing but Kafka, and one with an order only once something is wrong")
                .check(CLASSES);
    }

    @Test
    void theLoopsKnowNothingOfWhatTheyMove() {
        noClasses()
                .that()
                .resideInAPackage("..delivery.stream..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..delivery.registry..",
                        "..delivery.fanout..",
                        "..delivery.admission..",
                        "..delivery.ordered..",
                        "..delivery.verdict..",
                        "..delivery.dispatch..",
                        "..delivery.retry..",
                        "..delivery.wheel..",
                        "..delivery.deadletter..",
                        "..delivery.engine..")
                .because("acknowledgement is decided in one place, the same for everything that moves")
                .check(CLASSES);
    }
}
