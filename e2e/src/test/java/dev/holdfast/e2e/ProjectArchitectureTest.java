package dev.holdfast.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules of the whole project; each module has those of its own rooms. */
final class ProjectArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.holdfast");
        assertThat(classes.size())
                .as("classes seen: the rules below cannot pass by matching nothing")
                .isGreaterThan(400);
    }

    @Test
    void contract_isTheFloor() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.contract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.server..",
                        "dev.holdfast.store..",
                        "dev.holdfast.database..",
                        "dev.holdfast.agent..",
                        "dev.holdfast.cli..",
                        "dev.holdfast.dist..",
                        "java.nio.file..",
                        "java.net..",
                        "java.sql..")
                .because("both ends of a wire share it, so it knows neither of them, and does no I/O of its own")
                .check(classes);
    }

    @Test
    void database_knowsNoRoom() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.holdfast.server..", "dev.holdfast.store..", "dev.holdfast.agent..")
                .because("it is plumbing: whoever knows the meaning of a row owns its table")
                .check(classes);
    }

    @Test
    void store_opensWithoutAServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.holdfast.server..", "dev.holdfast.database..", "dev.holdfast.agent..")
                .because("verify must run when nothing else does")
                .check(classes);
    }

    @Test
    void unpack_knowsNeitherItsCallersNorTheirProtocols() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.unpack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.contract..",
                        "dev.holdfast.server..",
                        "dev.holdfast.store..",
                        "dev.holdfast.database..",
                        "dev.holdfast.agent..",
                        "dev.holdfast.cli..",
                        "dev.holdfast.dist..")
                .because("an agent and an operator's machine unpack alike, and neither may bring the other's code")
                .check(classes);
    }

    @Test
    void agent_staysThin() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.server..", "dev.holdfast.store..", "dev.holdfast.database..", "io.vertx..")
                .because("it runs on a database host, which wants no web server and no JDBC driver")
                .check(classes);
    }

    @Test
    void agentsLauncher_runsWithoutTheServer() {
        noClasses()
                .that()
                .haveFullyQualifiedName("dev.holdfast.dist.AgentMain")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.holdfast.server..",
                        "dev.holdfast.store..",
                        "dev.holdfast.database..",
                        "dev.holdfast.cli..")
                .because("holdfast-agent is packed without their jars")
                .check(classes);
    }

    @Test
    void nobody_dependsOnTheLauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.holdfast.dist..", "dev.holdfast.bench..", "dev.holdfast.e2e..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.holdfast.dist..")
                .because("the launcher may see everything, so nothing may see it")
                .check(classes);
    }

    @Test
    void names_sayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .resideInAnyPackage("..util..", "..common..", "..misc..", "..helper..")
                .because("such names tell nothing, and collect the homeless")
                .check(classes);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.holdfast.(**)")
                .should()
                .beFreeOfCycles()
                .because("data flows one way, and a room can be read without the next one")
                .check(classes);
    }
}
