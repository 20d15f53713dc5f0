// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The two databases on which the same tests run. */
enum Database {
    /** Embedded; what a fresh installation takes. */
    DERBY {
        @Override
        void prepare(Path home) {
            // The settings that the distribution brings are for it.
        }
    },
    /** A real server; each installation gets a database of its own there. */
    POSTGRESQL {
        @Override
        void prepare(Path home) {
            try {
                Postgres.shared().prepare(home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** Makes a home that has not been started yet use this database. */
    abstract void prepare(Path home);
}
