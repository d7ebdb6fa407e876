package dev.holdfast.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class CliArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.holdfast.cli");

    @Test
    void cli_seesTheContractOnly() {
        assertThat(classes.size()).as("classes seen").isGreaterThanOrEqualTo(4);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.server..",
                        "dev.holdfast.store..",
                        "dev.holdfast.database..",
                        "dev.holdfast.agent..")
                .because("whatever the command line does, any other client of the public API must be able to do")
                .check(classes);
    }
}
