// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that can be stopped and started again with all it holds. */
final class Postgres {

    private static Postgres shared;

    private final Path data;
    private final int port;
    private EmbeddedPostgres process;

    private Postgres(Path data) throws IOException {
        this.data = data;
        Files.createDirectories(data.getParent());
        process = builder().start();
        port = process.getPort();
    }

    /** The server that nobody stops. */
    static synchronized Postgres shared() throws IOException {
        if (shared == null) {
            shared = start("postgresql");
        }
        return shared;
    }

    /** A server of one's own. */
    static Postgres start(String name) throws IOException {
        Path data = Distribution.WORK.resolve(name);
        Distribution.delete(data);
        return new Postgres(data);
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    /** Ends the server as {@code pg_ctl stop -m fast} does: whoever is connected is cut off. */
    void stop() {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again, on the port that it had. */
    void startAgain() {
        try {
            process = builder().setPort(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a database for a home and writes the home's settings for it, after the distribution's example. */
    void prepare(Path home) throws IOException {
        execute("postgres", "create database " + database(home));
        String example = Files.readString(
                Distribution.unpacked().resolve("etc").resolve("org.ops4j.datasource-crm.postgresql.example"));
        String settings = example.replaceFirst("(?m)^url *=.*$", "url = " + url(database(home)))
                .replaceFirst("(?m)^user *=.*$", "user = postgres");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc").resolve("org.ops4j.datasource-crm.cfg"), settings);
    }

    /** The name of a home's database. */
    static String database(Path home) {
        return "crm_" + home.getFileName().toString().replace('-', '_');
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Runs one statement in a database. */
    void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
