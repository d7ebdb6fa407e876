package dev.holdfast.agent.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.id.HostId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreezerTest {
    private static final HostId HOST = new HostId("0123456789abcdef0123456789abcdef");

    @TempDir
    private Path temp;

    private Path told;
    private Path mark;

    @BeforeEach
    void name() {
        told = temp.resolve("told");
        mark = temp.resolve("frozen-" + HOST);
    }

    @Test
    void itFreezes_works_andLetsGo() throws Exception {
        String result = freezer(says("freeze"), says("thaw")).around(() -> {
            assertThat(told()).containsExactly("freeze");
            assertThat(mark).exists();
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(told()).containsExactly("freeze", "thaw");
        assertThat(mark).doesNotExist();
    }

    @Test
    void arguments_areNoShells_andTheKeyIsNotHandedOn() throws Exception {
        Path program =
                script("printf '%s|' \"$@\" >> " + told + "; echo \"$HOLDFAST_HOST:$HOLDFAST_AGENT_KEY:\" >> " + told);
        List<String> command = List.of(program.toString(), "$(id)", "a b", ";");
        freezer(command, command).around(() -> null);
        assertThat(told()).containsExactly("$(id)|a b|;|h:" + ":", "$(id)|a b|;|h:" + ":");
    }

    @Test
    void whenTheWorkFails_itLetsGoAllTheSame() {
        assertThatThrownBy(() -> freezer(says("freeze"), says("thaw")).around(() -> {
                    throw new CaptureFailed("no");
                }))
                .hasMessage("no");
        assertThat(told()).containsExactly("freeze", "thaw");
        assertThat(mark).doesNotExist();
    }

    @Test
    void whenTheFreezingFails_nothingIsDone_andItIsLetGo() throws Exception {
        List<String> bad = List.of(script("echo tried >> " + told + "; exit 3").toString());
        assertThatThrownBy(() -> freezer(bad, says("thaw")).around(() -> {
                    throw new AssertionError("it is not frozen");
                }))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("status 3");
        assertThat(told()).containsExactly("tried", "thaw");
    }

    @Test
    void aProgramThatHangs_isKilledWithItsChildren() throws Exception {
        Path pid = temp.resolve("pid");
        List<String> hangs =
                List.of(script("sleep 1000 & echo $! > " + pid + "; wait").toString());
        FreezeCommands commands =
                new FreezeCommands(hangs, says("thaw"), Duration.ofMillis(700), Duration.ofSeconds(20));
        assertThatThrownBy(() -> freezer(commands, new ArrayList<>()).around(() -> null))
                .hasMessageContaining("was killed");
        assertThat(told()).containsExactly("thaw");
        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive).filter(FreezerTest::isNoZombie))
                .isEmpty();
    }

    @Test
    void aProgramThatIsNotThere_isNamed() {
        assertThatThrownBy(
                        () -> freezer(List.of("/no/such/program"), says("thaw")).around(() -> null))
                .hasMessageContaining("/no/such/program");
        assertThat(told()).containsExactly("thaw");
    }

    @Test
    void thawing_isTriedAgain() throws Exception {
        Path once = temp.resolve("once");
        List<String> second = List.of(
                script("if [ -e " + once + " ]; then echo thaw >> " + told + "; else touch " + once + "; exit 1; fi")
                        .toString());
        List<Duration> pauses = new ArrayList<>();
        FreezeCommands commands =
                new FreezeCommands(says("freeze"), second, Duration.ofSeconds(20), Duration.ofSeconds(20));
        assertThat(freezer(commands, pauses).around(() -> 7)).isEqualTo(7);
        assertThat(told()).containsExactly("freeze", "thaw");
        assertThat(pauses).hasSize(1);
    }

    @Test
    void whatCannotBeLetGo_isLoud_andTheMarkStays() throws Exception {
        List<String> never = List.of(script("exit 1").toString());
        assertThatThrownBy(() -> freezer(says("freeze"), never).around(() -> 7))
                .isInstanceOf(CaptureFailed.class)
                .hasMessageContaining("MAY STILL BE FROZEN");
        assertThat(mark).exists();
        // the agent is started again, and the program is mended
        assertThat(freezer(says("freeze"), says("thaw")).recover()).isTrue();
        assertThat(mark).doesNotExist();
        assertThat(told()).containsExactly("freeze", "thaw");
        assertThat(freezer(says("freeze"), says("thaw")).recover()).isFalse();
    }

    @Test
    void anInterrupt_waitsUntilItIsLetGo() {
        assertThatThrownBy(() -> freezer(says("freeze"), says("thaw")).around(() -> {
                    Thread.currentThread().interrupt();
                    throw new CaptureFailed("interrupted");
                }))
                .hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told()).containsExactly("freeze", "thaw");
    }

    @Test
    void withoutPrograms_nothingIsWritten() throws Exception {
        assertThat(freezer(FreezeCommands.NONE, new ArrayList<>()).around(() -> 7))
                .isEqualTo(7);
        assertThat(mark).doesNotExist();
        assertThatThrownBy(() -> new FreezeCommands(List.of("x"), List.of(), Duration.ZERO, Duration.ZERO))
                .isInstanceOf(CaptureFailed.class);
    }

    private Freezer freezer(List<String> freeze, List<String> thaw) {
        return freezer(
                new FreezeCommands(freeze, thaw, Duration.ofSeconds(20), Duration.ofSeconds(20)), new ArrayList<>());
    }

    private Freezer freezer(FreezeCommands commands, List<Duration> pauses) {
        return new Freezer(HOST, commands, temp, Map.of("HOLDFAST_HOST", "h"), pauses::add);
    }

    private List<String> says(String word) {
        return List.of("/bin/sh", "-c", "echo " + word + " >> " + told);
    }

    private Path script(String text) throws IOException {
        Path file = Files.createTempFile(temp, "script", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> told() {
        try {
            return Files.exists(told) ? Files.readAllLines(told) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A dead child that nobody has waited for is still listed. */
    private static boolean isNoZombie(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
