package dev.holdfast.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.holdfast.agent");

    @Test
    void theAgentSeesTheContractAndUnpackingAndNothingElseOfHoldfast() {
        assertThat(CLASSES.size()).isGreaterThan(20);
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.agent..",
                        "dev.holdfast.contract..",
                        "dev.holdfast.unpack..",
                        "com.fasterxml.jackson..",
                        "java..",
                        "javax.net.ssl..")
                .because("a database host must not carry web server, database driver or store")
                .check(CLASSES);
    }

    @Test
    void packagesDependOnEachOtherOneWay() {
        slices().matching("dev.holdfast.(agent..)")
                .should()
                .beFreeOfCycles()
                .because("data flows one way: source, upload, link")
                .check(CLASSES);
    }

    @Test
    void onlyTheLinkSpeaksHttp() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.holdfast.agent.link..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("java.net.http..")
                .because("retries and the key are in one place")
                .check(CLASSES);
    }
}
