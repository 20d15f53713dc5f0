// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.custom;

import java.nio.file.Path;
import java.util.Map;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.JobContext;

/** What a job sees of its surroundings when nobody disturbs it. */
record FakeJobContext(Caller caller, Map<String, Object> input) implements JobContext {

    @Override
    public long id() {
        return 1;
    }

    @Override
    public Map<String, Object> state() {
        return Map.of();
    }

    @Override
    public void checkpoint(Map<String, Object> state) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void progress(long done, long total) {
        // nobody watches
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void offer(String name, String mediaType) {
        throw new UnsupportedOperationException();
    }
}
