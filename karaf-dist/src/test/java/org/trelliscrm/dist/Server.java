// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One installation of the distribution, run by its own {@code crm} script as people run it: a home, a database and two
 * ports. It can be stopped, killed and started again.
 */
final class Server {

    /** The password of the first user, once the one-time password is changed. */
    static final String PASSWORD = "nine green bottles";

    private static final Pattern FIRST_SIGN_IN = Pattern.compile("First sign-in.*user (\\S+), password (\\S+)");
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final int port;
    private final int sshPort;
    private Api admin;

    private Server(Path home) {
        this.home = home;
        this.port = freePort();
        this.sshPort = freePort();
    }

    /** A new installation, not started yet. What an earlier run left under the same name is removed. */
    static Server install(String name, Database database) {
        Server server = empty(name);
        database.prepare(server.home);
        return server;
    }

    /** A new installation whose database is still to be chosen. */
    static Server empty(String name) {
        Server server = new Server(Distribution.WORK.resolve(name));
        server.crm("stop");
        try {
            Distribution.delete(server.home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the {@code crm} script. */
    Script.Said crm(String... command) {
        return script().say(command);
    }

    /** The {@code crm} script with the settings of this installation. */
    Script script() {
        return Script.on(home.toString(), home.getFileName().toString())
                .with("CRM_HTTP_PORT", Integer.toString(port))
                .with("CRM_SSH_PORT", Integer.toString(sshPort))
                .with("CRM_START_TIMEOUT", Long.toString(PATIENCE.toSeconds()));
    }

    /** Starts it, waits until it serves, and tells what the script said. */
    String start() {
        Script.Said said = crm("start");
        assertThat(said.code()).as(said.words()).isZero();
        Matcher firstSignIn = FIRST_SIGN_IN.matcher(said.words());
        if (firstSignIn.find()) {
            admin = firstAdministrator(firstSignIn.group(1), firstSignIn.group(2));
        }
        return said.words();
    }

    private Api firstAdministrator(String login, String oneTimePassword) {
        Answer signedIn = api().signIn(login, oneTimePassword).expect(200);
        api().withSession(signedIn)
                .put("/api/session/password", Map.of("current", oneTimePassword, "new", PASSWORD))
                .expect(204);
        Answer again = api().signIn(login, PASSWORD).expect(200);
        return api().withSession(again).keyOf(again.text("user"));
    }

    void stop() {
        Script.Said said = crm("stop");
        assertThat(said.code()).as(said.words()).isZero();
    }

    /** Ends the process as a power failure would. */
    void kill9() {
        ProcessHandle process = noted(home);
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Nobody yet. */
    Api api() {
        return Api.at(port);
    }

    /** The first administrator, with a key; the same over all starts. */
    Api admin() {
        return admin;
    }

    void awaitHealthy() {
        Await.until("it is well", PATIENCE, () -> api().get("/health").status(), status -> status == 200);
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    int sshPort() {
        return sshPort;
    }

    long pid() {
        return noted(home).pid();
    }

    /** The process that is noted as the server on a home. */
    static ProcessHandle noted(Path home) {
        String pid = read(home, "data/crm.pid").split("\\s+")[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    List<String> log() {
        return read(home, "log/crm.log").lines().toList();
    }

    /** The log's lines of level ERROR. */
    List<String> errors() {
        return log().stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    private static String read(Path home, String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
