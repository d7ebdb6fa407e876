package dev.holdfast.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.database.DatabaseTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of this module. Each rule says why; a rule that must give way is changed here, in sight. */
final class ArchitectureTest {
    private static final String ROOT = "dev.holdfast.server";

    /** Fewer means that the rules look at the wrong place and hold for nothing. */
    private static final int FLOOR = 100;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Every room, and the rooms it may see. All see http. The wiring class in the root package sees everything. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry("http", Set.of()),
            Map.entry("access", Set.of("http")),
            Map.entry("deployment", Set.of("http")),
            Map.entry("delivery", Set.of("http")),
            // describes every noun by its record in contract, and sees no room of one
            Map.entry("reference", Set.of("http")),
            Map.entry("agents", Set.of("http")),
            Map.entry("snapshot", Set.of("http", "deployment")),
            Map.entry("schedule", Set.of("http", "deployment", "snapshot", "agents")),
            Map.entry("restorejob", Set.of("http", "deployment", "snapshot", "delivery", "agents")),
            // what others do is told to these through ports that the wiring fills
            Map.entry("audit", Set.of("http")),
            Map.entry("events", Set.of("http")),
            Map.entry("metrics", Set.of("http")),
            Map.entry("tracing", Set.of("http")),
            // shows the state of the store's keys, which no other room knows of
            Map.entry("encryption", Set.of("http")),
            // damage that is found in the store marks parts and breaks their links, in one transaction
            Map.entry("scrub", Set.of("http", "snapshot", "delivery")),
            // a drill restores what the catalogue has
            Map.entry("drill", Set.of("http", "snapshot")),
            // one page over all that is protected: it asks every room that knows something of it, and none knows of it
            Map.entry(
                    "overview",
                    Set.of("http", "deployment", "snapshot", "schedule", "agents", "restorejob", "scrub", "drill")),
            // files that are sent as they are; what they show they ask of the API
            Map.entry("ui", Set.of("http")));

    @Test
    void theRulesSeeTheCode() {
        assertThat(CLASSES.size()).isGreaterThan(FLOOR);
        assertThat(CLASSES).extracting(JavaClass::getName).contains(ROOT + ".http.Call");
    }

    @Test
    void aRoomSeesOnlyTheRoomsBelowIt() {
        ROOMS.forEach((room, allowed) -> {
            Set<String> forbidden = new TreeSet<>(ROOMS.keySet());
            forbidden.removeAll(allowed);
            forbidden.remove(room);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(forbidden))
                    .because("data flows one way: ids go across rooms, and a room that is called never calls back")
                    .allowEmptyShould(true)
                    .check(CLASSES);
        });
    }

    @Test
    void everyRoomIsOnTheMap() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String rest = type.getPackageName().substring(ROOT.length());
            if (!rest.isEmpty()) {
                found.add(rest.substring(1).split("\\.")[0]);
            }
        }
        assertThat(ROOMS.keySet())
                .as("a new room gets its arrows here before its first class")
                .containsAll(found);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle makes one room of two")
                .check(CLASSES);
    }

    @Test
    void httpKnowsNoNounAndNoRow() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.holdfast.database..", "dev.holdfast.store..", "org.jdbi..", "java.sql..")
                        // that the database is away is 503, and somebody has to say so for all rooms
                        .and(not(type(DatabaseTrouble.class))))
                .because("http serves every room and can be tested without any of them"));
    }

    @Test
    void onlyTheRoomsOfBytesSeeTheStore() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".access..", ROOT + ".deployment..", ROOT + ".restorejob..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.holdfast.store..")
                .because("promises are kept in rows; bytes are the matter of snapshot and delivery"));
    }

    @Test
    void storeAndServerDoNotSeeTheAgentNorTheCommandLine() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.holdfast.agent..", "dev.holdfast.cli..", "dev.holdfast.dist..")
                .because("agent and server meet in the contract only, so each can be replaced alone"));
    }

    @Test
    void tablesAreSeenOnlyInTheirRoom() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Table")
                .and()
                .areNotInterfaces()
                .should()
                .notBePublic()
                .because("a room owns its tables; others ask its door")
                .check(CLASSES);
    }

    @Test
    void routesWriteNoSql() {
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Routes")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..")
                .because("a route reads a request and writes an answer; what is asked of rows stands behind a door"));
    }

    @Test
    void timeAndChanceAreArguments() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(SecureRandom.class)
                .because("a test must be able to say what time it is and what the dice show"));
    }

    @Test
    void noStaticFieldCanChange() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("state that belongs to no object cannot be given to a test")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .because("such a name hides that nobody knew what the class is"));
    }

    @Test
    void mainCodeUsesNoTestDatabases() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.holdfast.database.testing..")
                .because("they open throw-away schemas"));
    }

    @Test
    void everyRoomTellsItsStory() throws Exception {
        List<Path> silent = new ArrayList<>();
        Path sources = Path.of("src/main/java/dev/holdfast/server");
        try (Stream<Path> folders = Files.walk(sources).filter(Files::isDirectory)) {
            for (Path folder : folders.toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    boolean hasClasses = files.anyMatch(file -> file.toString().endsWith(".java"));
                    if (hasClasses && !Files.exists(folder.resolve("package-info.java"))) {
                        silent.add(folder);
                    }
                }
            }
        }
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static String[] packages(Set<String> rooms) {
        return rooms.stream().map(room -> ROOT + "." + room + "..").toArray(String[]::new);
    }
}
