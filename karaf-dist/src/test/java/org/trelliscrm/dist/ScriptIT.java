// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script says when it cannot do what it is asked for, and what it makes of its settings; no server comes up here. */
class ScriptIT {

    private static final Path HOME = Distribution.WORK.resolve("script");
    private static final Path TOOLS = Distribution.WORK.resolve("script-tools");
    private static final String RANGE = "Trellis CRM needs Java 17 to 23.";
    private static final String NOT_STARTED = "crm: Trellis CRM did not start; its last words stand above.\n";

    private Script script;

    @BeforeEach
    void removeWhatWasThere() throws IOException {
        Distribution.unpacked();
        Distribution.delete(HOME);
        Distribution.delete(TOOLS);
        Files.createDirectories(TOOLS);
        script = Script.on(HOME.toString(), "script")
                .without("JAVA_HOME")
                .with("CRM_HTTP_PORT", Integer.toString(Server.freePort()))
                .with("CRM_SSH_PORT", Integer.toString(Server.freePort()));
    }

    private Script on(FakeJava java) {
        return script.with("JAVA_HOME", java.folder().toString());
    }

    private static void assertRefused(Script.Said said, String... lines) {
        assertThat(said.words()).isEqualTo("crm: " + String.join("\n     ", lines) + "\n");
        assertThat(said.code()).isEqualTo(1);
    }

    // Java

    @Test
    void withoutJavaItSaysWhatToInstall() throws IOException {
        Files.createSymbolicLink(TOOLS.resolve("dirname"), Path.of("/usr/bin/dirname"));

        Script.Said said = script.with("PATH", TOOLS.toString()).say("start");

        assertRefused(said, "Java was not found.", RANGE + " Install it, or set JAVA_HOME to where it is.");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() {
        Script.Said said = script.with("JAVA_HOME", TOOLS.toString()).say("start");

        assertRefused(said, "JAVA_HOME is " + TOOLS + ", but there is no bin/java in it.");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_372, 8", "11.0.2, 11", "16, 16"})
    void aJavaThatIsTooOldIsNotEvenRun(String version, String major) {
        FakeJava java = FakeJava.ofVersion(version);

        Script.Said said = on(java).say("start");

        assertRefused(
                said,
                java.folder() + "/bin/java is Java " + major + ", which is too old.",
                RANGE + " Set JAVA_HOME to such a Java.");
        assertThat(java.wasRun()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "25.0.1, 25"})
    void aJavaThatIsTooNewIsNotEvenRun(String version, String major) {
        FakeJava java = FakeJava.ofVersion(version);

        Script.Said said = on(java).say("run");

        assertRefused(
                said,
                java.folder() + "/bin/java is Java " + major
                        + ", which is too new: Apache Karaf does not start on 24 and later.",
                RANGE + " Set JAVA_HOME to such a Java.");
        assertThat(java.wasRun()).isFalse();
    }

    @Test
    void aJavaThatDoesNotSayItsVersionIsRefused() {
        FakeJava java = FakeJava.saying("I am no Java");

        Script.Said said = on(java).say("start");

        assertRefused(said, java.folder() + "/bin/java does not say its version. " + RANGE);
    }

    @ParameterizedTest
    @CsvSource({"openjdk version \"17.0.2\" 2022-01-18, true", "java version \"1.8.0_372\", false"})
    void aJavaWithoutAReleaseFileIsAsked(String words, boolean accepted) {
        FakeJava java = FakeJava.saying(words);

        Script.Said said = on(java).say("start");

        assertThat(said.code()).isEqualTo(1);
        if (accepted) {
            assertThat(said.words()).isEqualTo(NOT_STARTED);
        } else {
            assertThat(said.words()).contains("is Java 8, which is too old");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "18", "21.0.4", "23.0.2"})
    void aFittingJavaIsStartedAndItsFailureIsTold(String version) {
        FakeJava java = FakeJava.ofVersion(version);

        Script.Said said = on(java).say("start");

        assertThat(said.words()).isEqualTo(NOT_STARTED);
        assertThat(said.code()).isEqualTo(1);
        assertThat(java.arguments())
                .contains("-Xmx512m", "-XX:+UseSerialGC", "-Dkaraf.base=" + HOME)
                .endsWith("org.apache.karaf.main.Main");
        // Java 17 takes it too but need not be told; 24 refuses it.
        assertThat(java.arguments().contains("-Djava.security.manager=allow")).isEqualTo(!version.startsWith("17."));
        assertThat(HOME.resolve("data").resolve("crm.pid")).doesNotExist();
        assertThat(HOME.resolve("data").resolve("crm.starting")).doesNotExist();
    }

    @Test
    void whatJavaSaidLastIsShownWhenItEnds() {
        FakeJava java = FakeJava.ofVersion("17.0.1", "echo 'Out of tea.'; exit 1");

        Script.Said said = on(java).say("run");

        assertThat(said.words())
                .isEqualTo("--- the end of " + HOME.resolve("log").resolve("console.log") + "\nOut of tea.\n"
                        + NOT_STARTED);
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void optionsForJavaOverrideThoseOfTheScript() {
        FakeJava java = FakeJava.ofVersion("17");

        on(java).with("CRM_MEMORY", "1g")
                .with("CRM_JAVA_OPTS", "-Xmx2g -XX:+UseG1GC -Dcolour=green")
                .say("start");

        // Java takes the last one of several -Xmx, and refuses to be told of two collectors.
        assertThat(java.arguments())
                .containsSubsequence("-Xmx1g", "-Xmx2g", "-XX:+UseG1GC", "-Dcolour=green", "org.apache.karaf.main.Main")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void javaMayBeGivenByARelativePath() {
        FakeJava java = FakeJava.ofVersion("17");

        Script.Said said = script.in(java.folder()).with("JAVA_HOME", ".").say("start");

        assertThat(said.words()).isEqualTo(NOT_STARTED);
        assertThat(java.wasRun()).isTrue();
    }

    // Settings

    @ParameterizedTest
    @CsvSource({
        "CRM_HTTP_PORT, abc",
        "CRM_HTTP_PORT, 0",
        "CRM_HTTP_PORT, 70000",
        "CRM_HTTP_PORT, 08181",
        "CRM_HTTP_PORT, 99999999999999999999",
        "CRM_SSH_PORT, -1",
        "CRM_SSH_PORT, 8101x",
        "CRM_SSH_PORT, 65536"
    })
    void whatIsNoPortIsRefused(String variable, String port) {
        Script.Said said = script.with(variable, port).say("start");

        assertRefused(said, variable + " is '" + port + "', which is not a port (1 to 65535).");
    }

    @Test
    void onePortForBothIsRefused() {
        Script.Said said = script.with("CRM_HTTP_PORT", "8181")
                .with("CRM_SSH_PORT", "8181")
                .say("start");

        assertRefused(said, "CRM_HTTP_PORT and CRM_SSH_PORT are both 8181; the console needs a port of its own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "512", "1.5g", "0m"})
    void aWrongAmountOfMemoryIsRefused(String memory) {
        Script.Said said = script.with("CRM_MEMORY", memory).say("start");

        assertRefused(said, "CRM_MEMORY is '" + memory + "'; write it as 512m or 2g.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0"})
    void aWrongTimeToWaitIsRefused(String seconds) {
        Script.Said said = script.with("CRM_START_TIMEOUT", seconds).say("start");

        assertRefused(said, "CRM_START_TIMEOUT is '" + seconds + "', which is not a number of seconds (1 to 99999).");
    }

    // The folder

    @Test
    void aFileInPlaceOfTheHomeIsRefused() throws IOException {
        Files.writeString(HOME, "");

        Script.Said said = on(FakeJava.ofVersion("17")).say("start");

        assertRefused(said, "cannot make the folder " + HOME + ".", "CRM_HOME says where settings, data and logs go.");
    }

    @Test
    void aHomeThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(HOME, "");

        Script.Said said =
                on(FakeJava.ofVersion("17")).with("CRM_HOME", HOME + "/home").say("start");

        assertRefused(
                said, "cannot make the folder " + HOME + "/home.", "CRM_HOME says where settings, data and logs go.");
    }

    /** Nobody can make files in {@code /proc}, not even root, whom no permission keeps from writing anywhere else. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aHomeThatCannotBeWrittenToIsRefused() {
        Script.Said said =
                on(FakeJava.ofVersion("17")).with("CRM_HOME", "/proc").say("start");

        assertRefused(said, "cannot write into /proc.", "CRM_HOME must belong to the user who starts Trellis CRM.");
    }

    @Test
    void aDiskThatIsNearlyFullIsRefused() {
        FakeJava.executable(
                TOOLS.resolve("df"),
                "echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'\n"
                        + "echo '/dev/disk 1000000 897600 102400 90% /'");

        Script.Said said = on(FakeJava.ofVersion("17"))
                .with("PATH", TOOLS + ":" + System.getenv("PATH"))
                .say("start");

        assertRefused(said, "the disk of " + HOME + " is nearly full: 100 MB are free, 200 are needed.");
    }

    @Test
    void aShellThatLooksForFoldersElsewhereDoesNotConfuseIt() {
        Path distribution = Distribution.unpacked();

        Script.Said said = on(FakeJava.ofVersion("17"))
                .in(distribution.getParent())
                .with("CDPATH", ".:/")
                .call(List.of("sh", distribution.getFileName() + "/crm", "start"));

        assertThat(said.words()).isEqualTo(NOT_STARTED);
    }

    // Commands on a home where no server runs

    @Test
    void stopIsContentWhenNothingRuns() {
        assertThat(script.say("stop")).isEqualTo(new Script.Said(0, "Trellis CRM is not running.\n"));
        assertThat(HOME).doesNotExist();
    }

    @Test
    void statusTellsByItsCodeThatNothingRuns() {
        assertThat(script.say("status")).isEqualTo(new Script.Said(3, "Trellis CRM is not running.\n"));
    }

    @Test
    void theConsoleNeedsARunningServer() {
        assertRefused(script.say("console"), "Trellis CRM is not running.", "Start it: ./crm start");
    }

    @Test
    void anApiKeyNeedsARunningServer() {
        assertRefused(script.say("api-key", "admin"), "Trellis CRM is not running.", "Start it: ./crm start");
    }

    @Test
    void anApiKeyNeedsAUser() {
        assertRefused(script.say("api-key"), "whose key? ./crm api-key USER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "admin;shutdown", "$(id)", "'admin'"})
    void whatCannotBeAUserIsNotPassedOn(String user) {
        assertRefused(script.say("api-key", user), "'" + user + "' cannot be the name of a user.");
    }

    @Test
    void theTestsAreNotInTheDistribution() {
        assertRefused(script.say("test"), "the tests stand in the repository, not in the distribution.");
    }

    @Test
    void anUnknownCommandBringsTheHelp() {
        Script.Said help = script.say("help");

        Script.Said said = script.say("dance");

        assertThat(said).isEqualTo(new Script.Said(2, help.words()));
        assertThat(help.code()).isZero();
        assertThat(help.words()).startsWith("Usage: ./crm COMMAND\n").contains(HOME.toString());
    }

    // Two starts

    @Test
    void whileOneStartIsUnderWayAnotherIsRefusedAndASignalEndsTheFirstWithItsJava() {
        Script.Running first = on(FakeJava.ofVersion("17", "exec sleep 600"))
                .begin(List.of(Distribution.unpacked().resolve("crm").toString(), "start"));
        Path noted = HOME.resolve("data").resolve("crm.pid");
        Await.until("it is started", Server.PATIENCE, () -> size(noted), size -> size > 0);
        ProcessHandle java = Server.noted(HOME);

        Script.Said second = on(FakeJava.ofVersion("21")).say("start");
        first.process().destroy();

        assertRefused(
                second,
                "Trellis CRM is being started right now on " + HOME + ", by process "
                        + first.process().pid() + ".");
        assertThat(first.end()).isEqualTo(new Script.Said(130, ""));
        assertThat(java.isAlive()).isFalse();
        assertThat(noted).doesNotExist();
        assertThat(HOME.resolve("data").resolve("crm.starting")).doesNotExist();
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In a container each start has the same number. */
    @Test
    void whatAKilledStartOfTheSameNumberLeftIsNotInTheWay() {
        String crm = Distribution.unpacked().resolve("crm").toString();
        String leave = "mkdir -p \"$CRM_HOME/data\" && echo $$ >\"$CRM_HOME/data/crm.starting\" && exec \"$0\" \"$1\"";

        Script.Said said = on(FakeJava.ofVersion("17")).call(List.of("sh", "-c", leave, crm, "start"));

        assertThat(said.words()).isEqualTo(NOT_STARTED);
    }

    @Test
    void whatAKilledStartLeftIsNotInTheWayOfOthersWhoGotItsNumber() throws IOException {
        Files.createDirectories(HOME.resolve("data"));
        Process another = new ProcessBuilder("sleep", "600").start();
        Files.writeString(HOME.resolve("data").resolve("crm.starting"), another.pid() + "\n");

        Script.Said said = on(FakeJava.ofVersion("17")).say("start");
        another.destroy();

        assertThat(said.words()).isEqualTo(NOT_STARTED);
    }
}
