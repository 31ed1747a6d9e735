package slidefield;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The packages' arrows, and what no class may do. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("slidefield");

    /** cli -> experiment -> notebook -> swipe, nic, patch, fit -> field, score, data -> slide, nn -> io; kernel stands alone. */
    private static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("slidefield..")
            .withOptionalLayers(true)
            .layer("front")
            .definedBy("slidefield.cli..", "slidefield.experiment..", "slidefield.notebook..")
            .layer("methods")
            .definedBy("slidefield.swipe..", "slidefield.nic..", "slidefield.patch..", "slidefield.fit..")
            .layer("parts")
            .definedBy("slidefield.field..", "slidefield.score..", "slidefield.data..")
            .layer("ground")
            .definedBy("slidefield.slide..", "slidefield.nn..")
            .layer("io")
            .definedBy("slidefield.io..")
            .whereLayer("front")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("methods")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("parts")
            .mayOnlyBeAccessedByLayers("front", "methods")
            .whereLayer("ground")
            .mayOnlyBeAccessedByLayers("front", "methods", "parts");

    @Test
    void dependenciesPointOneWay() {
        assertTrue(CLASSES.contain("slidefield.io.WholeFile"), "nothing was imported");
        ARROWS.check(CLASSES);
    }

    @Test
    void slidesAndNetworksKnowNothingOfEachOther() {
        allow(noClasses()
                .that()
                .resideInAPackage("slidefield.nn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("slidefield.slide.."));
        allow(noClasses()
                .that()
                .resideInAPackage("slidefield.slide..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("slidefield.nn.."));
    }

    @Test
    void theCommandLineAndNotebooksKnowNothingOfEachOther() {
        allow(noClasses()
                .that()
                .resideInAPackage("slidefield.notebook..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("slidefield.cli..", "slidefield.experiment.."));
        allow(noClasses()
                .that()
                .resideInAPackage("slidefield.experiment..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("slidefield.cli.."));
    }

    @Test
    void theKernelDependsOnNothingOfOurs() {
        allow(noClasses()
                .that()
                .resideInAPackage("slidefield.kernel..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("slidefield..").and(not(resideInAPackage("slidefield.kernel..")))));
    }

    @Test
    void nothingIsSerialisedByJava() {
        allow(noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream"));
    }

    @Test
    void onlyTheCommandLineAndTheKernelEndTheProcess() {
        allow(noClasses()
                .that(not(resideInAnyPackage("slidefield.cli..", "slidefield.kernel..")))
                .should()
                .callMethod(System.class, "exit", int.class));
    }

    @Test
    void everyRandomNumberHasASeed() {
        noHiddenSeeds().check(CLASSES);
    }

    private static ArchRule noHiddenSeeds() {
        return noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");
    }

    @Test
    void theRulesCatchWhatTheyForbid() {
        // given classes that break them
        JavaClasses guilty = new ClassFileImporter().importClasses(HiddenSeed.class, slidefield.io.WholeFile.class);
        // when / then
        assertThrows(AssertionError.class, () -> noHiddenSeeds().check(guilty));
        JavaClasses all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("slidefield");
        ArchRule reversed = noClasses()
                .that()
                .resideInAPackage("slidefield.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("slidefield.io..");
        assertThrows(AssertionError.class, () -> reversed.check(all));
    }

    /** Packages that do not exist yet break nothing. */
    private static void allow(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static final class HiddenSeed {
        static double number() {
            return new Random().nextDouble();
        }
    }
}
