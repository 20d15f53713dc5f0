// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import org.eclipse.persistence.logging.AbstractSessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * EclipseLink's messages in our log. Never hands over the exception itself: log buffers would keep it, and through it the
 * classes of a module long removed.
 */
public final class UnitLog extends AbstractSessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.trelliscrm.persistence");

    @Override
    public boolean shouldLog(int level, String category) {
        if (level >= SEVERE) {
            return LOG.isErrorEnabled();
        }
        return level == WARNING ? LOG.isWarnEnabled() : level >= INFO ? LOG.isDebugEnabled() : LOG.isTraceEnabled();
    }

    @Override
    public void log(SessionLogEntry entry) {
        if (!shouldLog(entry.getLevel(), entry.getNameSpace())) {
            return;
        }
        String message = entry.hasException()
                ? String.valueOf(entry.getException()).replaceAll("\\s+", " ")
                : formatMessage(entry);
        if (entry.getLevel() >= SEVERE) {
            LOG.error(message);
        } else if (entry.getLevel() == WARNING) {
            LOG.warn(message);
        } else if (entry.getLevel() >= INFO) {
            LOG.debug(message);
        } else {
            LOG.trace(message);
        }
    }
}
