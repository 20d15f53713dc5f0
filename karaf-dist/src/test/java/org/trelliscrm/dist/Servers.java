// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One running server for each database, shared by all test classes that neither stop nor break it. */
final class Servers {

    private static final Map<Database, Server> RUNNING = new EnumMap<>(Database.class);

    private Servers() {}

    /** The server on this database; the first who asks waits for its start. */
    static synchronized Server on(Database database) {
        return RUNNING.computeIfAbsent(database, Servers::start);
    }

    private static Server start(Database database) {
        Server server = Server.install("shared-" + database.name().toLowerCase(Locale.ROOT), database);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return server;
    }
}
