package dev.sealway.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String[] ROOMS_WITH_AN_ENVIRONMENT = {
        "dev.sealway.config..", "dev.sealway.cli..", "dev.sealway.flyway..", "dev.sealway.maven.."
    };
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("dev.sealway", "db.migration");

    @Test
    void packagesFormNoCycle() {
        hold(slices().matching("dev.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageHasAPlaceOnTheMap() {
        hold(classes().should(Conditions.standInARoom()));
    }

    @Test
    void everyPackageIsNullMarked() {
        hold(classes().should(Conditions.haveANullMarkedPackage()));
    }

    @Test
    void arrowsPointDown() {
        hold(classes().should(Conditions.dependDownwardsOnly()));
    }

    @Test
    void phasesNeverImportEachOther() {
        hold(slices().matching("dev.sealway.phase.(*)..").should().notDependOnEachOther());
    }

    @Test
    void doorsNeverImportEachOther() {
        hold(slices().assignedFrom(Conditions.doors()).should().notDependOnEachOther());
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void onlyTheCompositionRootImportsTheAdapter(String adapter) {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(adapter + "..", "dev.sealway.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(adapter + ".."));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterImportsPortsOnly(String adapter) {
        hold(noClasses()
                .that()
                .resideInAPackage(adapter + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.sealway..")
                        .and(not(resideInAnyPackage(
                                adapter + "..",
                                "dev.sealway.crypto",
                                "dev.sealway.error",
                                "dev.sealway.json",
                                "dev.sealway.keys",
                                "dev.sealway.plan",
                                "dev.sealway.vault")))));
    }

    static List<String> adapters() {
        return Rooms.ADAPTERS;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryStaysInItsRoom(String library) {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(Rooms.within(Rooms.LIBRARIES.get(library)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + ".."));
    }

    static Stream<String> libraries() {
        return Rooms.LIBRARIES.keySet().stream().sorted();
    }

    @Test
    void pureRoomsKnowNoDatabase() {
        hold(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.sealway.crypto..",
                        "dev.sealway.discover",
                        "dev.sealway.discover.form..",
                        "dev.sealway.error..",
                        "dev.sealway.json..",
                        "dev.sealway.keys..",
                        "dev.sealway.plan..",
                        "dev.sealway.planfile..",
                        "dev.sealway.search..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "dev.sealway.jdbc.."));
    }

    @Test
    void onlyTheCommandLineUsesStandardStreams() {
        hold(noClasses().that().resideOutsideOfPackage("dev.sealway.cli..").should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void timeRandomnessAndEnvironmentComeInByTheConstructor() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(ROOMS_WITH_AN_ENVIRONMENT)
                .should()
                .callCodeUnitWhere(Conditions.ambient()));
    }

    @Test
    void oneClassAloneReadsSecretKeys() {
        var readers = CODE.stream()
                .filter(ArchitectureTest::readsSecretKeys)
                .map(JavaClass::getName)
                .map(name -> name.replaceAll("\\$.*", ""))
                .distinct()
                .toList();
        assertThat(readers).hasSizeLessThanOrEqualTo(1).allMatch(name -> name.startsWith("dev.sealway.crypto.tink."));
    }

    private static boolean readsSecretKeys(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(arrow -> arrow.getTargetClass().getName().endsWith(".InsecureSecretKeyAccess"));
    }

    @Test
    void recordsHoldNoSecrets() {
        hold(classes().that().areRecords().should(Conditions.holdNoSecretComponent()));
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(CODE);
    }
}
