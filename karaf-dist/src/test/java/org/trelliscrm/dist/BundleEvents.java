// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.SynchronousBundleListener;

/** Notes which bundles change their state, and what the framework complains of, until it is closed. */
final class BundleEvents implements AutoCloseable {

    private final List<String> bundles = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    // Synchronous ones are told everything, and before the change is over.
    private final SynchronousBundleListener bundleListener = this::note;
    private final FrameworkListener frameworkListener = this::note;

    BundleEvents() {
        Services.CONTEXT.addBundleListener(bundleListener);
        Services.CONTEXT.addFrameworkListener(frameworkListener);
    }

    private void note(BundleEvent event) {
        bundles.add(event.getBundle().getSymbolicName());
    }

    private void note(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            errors.add(event.getBundle() + ": " + event.getThrowable());
        }
    }

    /** The symbolic names of the bundles, one for each event. */
    List<String> bundles() {
        return bundles;
    }

    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        Services.CONTEXT.removeFrameworkListener(frameworkListener);
        Services.CONTEXT.removeBundleListener(bundleListener);
    }
}
