// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

/** What one client does again and again; it is used by one thread. */
interface Work extends AutoCloseable {

    /** Does it once; an exception is an error of the measurement, and the next time goes on. */
    void once() throws Exception;

    /** Makes the work of one of several clients. */
    interface Opening {
        Work open(int client, int clients) throws Exception;
    }
}
