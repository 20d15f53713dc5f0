// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The script and a server that really comes up. All tests share one home, which has a blank in its name. */
class ScriptServerIT {

    private static final String CRM = Distribution.unpacked().resolve("crm").toString();
    private static final String STOPPED = "Trellis CRM has stopped.\n";

    private static Server server;

    @BeforeAll
    static void startForTheFirstTime() {
        server = Server.install("script server", Database.DERBY);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static void running() {
        if (server.crm("status").code() != 0) {
            server.start();
        }
    }

    private static Path noted() {
        return server.home().resolve("data").resolve("crm.pid");
    }

    /** The processes on this home, whether they are noted there or not. */
    private static List<ProcessHandle> processes() {
        String home = "-Dkaraf.base=" + server.home() + " ";
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home))
                .toList();
    }

    private static List<String> logSince(int line) {
        List<String> log = server.log();
        return log.subList(line, log.size());
    }

    private static void assertNothingRuns() {
        assertThat(processes()).isEmpty();
        assertThat(noted()).doesNotExist();
        assertThat(server.home().resolve("data").resolve("crm.starting")).doesNotExist();
    }

    @Test
    void anApiKeyIsAllThatIsPrintedAndWorks() {
        running();

        Script.Said said = server.crm("api-key", "admin");

        assertThat(said.code()).as(said.words()).isZero();
        assertThat(said.words()).matches("\\S+\n");
        server.api().withKey(said.words().strip()).get("/api/contacts").expect(200);
    }

    @Test
    void nobodyGetsNoKey() {
        running();

        Script.Said said = server.crm("api-key", "nobody");

        assertThat(said)
                .isEqualTo(new Script.Said(
                        1,
                        "crm: no key was made for nobody.\n"
                                + "     There is no user with the sign-in name nobody.\n"));
    }

    @Test
    void statusAndStartTellWhereItRuns() {
        running();

        Script.Said status = server.crm("status");
        Script.Said start = server.crm("start");

        String address = "http://localhost:" + server.port() + "/";
        assertThat(status)
                .isEqualTo(
                        new Script.Said(0, "Trellis CRM is running: " + address + " (process " + server.pid() + ")\n"));
        assertThat(start)
                .isEqualTo(new Script.Said(
                        1,
                        "crm: Trellis CRM is already running on " + server.home() + ": process " + server.pid() + ", "
                                + address + "\n"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ctrlCStopsAServerInTheForegroundCleanly() throws Exception {
        server.stop();
        int before = server.log().size();
        // A terminal runs it in a process group of its own, which setsid makes. Whoever runs these tests in the
        // background
        // may have made them deaf to Ctrl+C, which a process passes on to those that it starts.
        Script.Running run = server.script().begin(List.of("setsid", "env", "--default-signal=INT", CRM, "run"));
        Await.until("it serves", Server.PATIENCE, run::words, words -> words.contains("Ctrl+C stops it."));
        assertThat(processes()).hasSize(1);

        signal("INT", "-" + run.process().pid());
        Script.Said said = run.end();

        assertThat(said.words())
                .isEqualTo("Trellis CRM is running: http://localhost:" + server.port() + "/\n" + "Log: " + server.home()
                        + "/log/crm.log. Ctrl+C stops it.\n" + STOPPED);
        assertThat(said.code()).isZero();
        assertNothingRuns();
        assertThat(logSince(before))
                .noneMatch(line -> line.contains(" ERROR "))
                .anyMatch(line -> line.endsWith("HikariDataSource crm - Shutdown completed."));

        int after = server.log().size();
        server.start();

        assertThat(logSince(after)).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
        server.admin().get("/api/contacts").expect(200);
    }

    private static void signal(String name, String process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "--", process)
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void aSignalWhileItComesUpStopsTheForegroundServer() {
        assertThat(endedWhileComingUp("run")).isEqualTo(new Script.Said(0, STOPPED));

        assertNothingRuns();
    }

    @Test
    void aSignalWhileItComesUpStopsTheBackgroundServer() {
        assertThat(endedWhileComingUp("start")).isEqualTo(new Script.Said(130, ""));

        assertNothingRuns();
    }

    /** Signals the script alone, as service managers may, when the server is in the middle of its start. */
    private static Script.Said endedWhileComingUp(String command) {
        server.stop();
        int before = server.log().size();
        Script.Running run = server.script().begin(List.of(CRM, command));
        Await.until("it logs", Server.PATIENCE, () -> server.log().size(), size -> size > before);

        run.process().destroy();

        return run.end();
    }

    @Test
    void ofTwoStartsAtOnceOnlyOneBringsUpAServer() throws Exception {
        server.stop();
        // Each with ports of its own, so that it is not the port that keeps the second one off.
        Server other = Server.empty("script-ports");

        List<Script.Said> both = Together.run(2, number -> server.script()
                .with("CRM_HTTP_PORT", Integer.toString(number == 0 ? server.port() : other.port()))
                .with("CRM_SSH_PORT", Integer.toString(number == 0 ? server.sshPort() : other.sshPort()))
                .say("start"));

        assertThat(both).extracting(Script.Said::code).containsExactlyInAnyOrder(0, 1);
        assertThat(both)
                .filteredOn(said -> said.code() == 1)
                .extracting(Script.Said::words)
                .allMatch(words ->
                        words.matches("crm: Trellis CRM is (being started right now|already running) on .*\n"));
        assertThat(processes()).hasSize(1);
        server.stop();
        assertNothingRuns();
    }
}
