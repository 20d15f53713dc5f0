// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.jobs;

import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.trelliscrm.runtime.data.Ids;

/** A queue whose jobs wait for ever, for tests that do their work themselves. */
public final class TestQueue {

    private TestQueue() {}

    public static JobQueue over(DataSource dataSource, Path folder, Clock clock) {
        return new JobQueue(new JobTable(dataSource), new JobFolders(folder), new Ids(clock), clock);
    }
}
