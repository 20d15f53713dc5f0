// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the bench needs of an installed distribution: to start and stop it, and to know where its data are. */
public final class Installation {

    private final Server server;
    private final boolean postgresql;

    private Installation(Server server, boolean postgresql) {
        this.server = server;
        this.postgresql = postgresql;
    }

    /** A new one, not started yet. */
    public static Installation install(String name, boolean postgresql) {
        Database database = postgresql ? Database.POSTGRESQL : Database.DERBY;
        Installation installation = new Installation(Server.install(name, database), postgresql);
        // Whoever interrupts the bench does not want the server to go on.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> installation.server.crm("stop")));
        return installation;
    }

    /** Starts it for the first time and makes a key for the first administrator. */
    public void startFirst() {
        server.start();
    }

    /** Runs the script's {@code start}, which returns when the server answers. */
    public void start() {
        crm("start");
    }

    /** Stops it, if it runs. */
    public void stop() {
        crm("stop");
    }

    private void crm(String command) {
        Script.Said said = server.crm(command);
        if (said.code() != 0) {
            throw new IllegalStateException("crm " + command + ": " + said.words());
        }
    }

    /** Removes what {@link #install} has made; for one that is stopped. */
    public void delete() {
        try {
            Distribution.delete(server.home());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of the header by which the first administrator is known. */
    public String administrator() {
        return server.admin().headers().get("Authorization");
    }

    /** Where a program reaches its database: Derby's only while the server is stopped. */
    public String jdbcUrl() {
        try {
            return postgresql
                    ? Postgres.shared().url(Postgres.database(server.home())) + "?user=postgres"
                    : "jdbc:derby:" + server.home().resolve("data/derby/crm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path home() {
        return server.home();
    }

    public int port() {
        return server.port();
    }

    public long pid() {
        return server.pid();
    }
}
