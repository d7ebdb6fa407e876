package dev.holdfast.store.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreArchitectureTest {
    private static final String STORE = "dev.holdfast.store";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(STORE);

    @Test
    void theRules_seeTheStore() {
        assertThat(MAIN.size()).isGreaterThan(80);
    }

    @Test
    void store_dependsOnContractOnly() {
        check(classes()
                .that()
                .resideInAPackage(STORE + "..")
                .and()
                .resideOutsideOfPackage(STORE + ".blob.s3")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        STORE + "..",
                        "dev.holdfast.contract..",
                        "java..",
                        "javax.crypto..", // ciphers and TLS of the JDK
                        "javax.net..",
                        "org.slf4j..",
                        "org.apache.commons.compress..")
                .because("a store must be opened, checked and read by a rescue tool when no server runs"));
    }

    @Test
    void s3_isTheOnlyPackageThatSeesTheSdk_andSeesLittleElse() {
        check(classes()
                .that()
                .resideInAPackage(STORE + ".blob.s3")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        STORE + ".blob",
                        STORE + ".blob.s3",
                        "dev.holdfast.contract.trouble",
                        "java..",
                        "org.slf4j..",
                        "software.amazon.awssdk..")
                .because("a store on a disk must neither load nor need the SDK, and the SDK must be replaceable"));
    }

    @Test
    void s3Settings_doNotSeeTheSdk() {
        check(classes()
                .that()
                .haveSimpleName("S3Settings")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(STORE + ".blob.s3", "java..")
                .because("settings are read at every start, also when the store is on a disk"));
    }

    @Test
    void blobPort_knowsNoImplementation() {
        check(noClasses()
                .that()
                .resideInAPackage(STORE + ".blob")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        STORE + ".blob", "dev.holdfast.contract.trouble", "java.lang..", "java.util..", "java.nio")
                .because("a port that imports a driver carries it to everyone who only wants bytes"));
    }

    @Test
    void nothingButTheCaller_choosesABlobStore() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        STORE + ".blob.disk", STORE + ".blob.memory", STORE + ".blob.s3", STORE + ".blob.retry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        STORE + ".blob.disk", STORE + ".blob.memory", STORE + ".blob.s3", STORE + ".blob.retry")
                .because("the store works over any blobs; which ones is decided where everything is wired"));
    }

    @Test
    void mainCode_makesNoFaults() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(STORE + ".testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(STORE + ".testing")
                .because("faults on purpose are for tests"));
    }

    @Test
    void timeAndChance_areArguments() {
        check(noClasses()
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(Random.class, long.class)
                .orShould()
                .callConstructor(java.security.SecureRandom.class)
                .because("a test that cannot choose time and chance cannot repeat what it found"));
    }

    @Test
    void packages_formATower() {
        check(slices().matching(STORE + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("bytes, packs, index, manifest, store: each can be read knowing only what is below it"));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
