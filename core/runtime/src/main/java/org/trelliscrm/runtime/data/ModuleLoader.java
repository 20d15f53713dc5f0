// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** What EclipseLink sees while it works for one module: itself, the module, and the runtime. */
final class ModuleLoader extends ClassLoader {

    private final Bundle module;
    private final Bundle runtime;

    ModuleLoader(Bundle module) {
        super(PersistenceProvider.class.getClassLoader());
        this.module = module;
        this.runtime = FrameworkUtil.getBundle(ModuleLoader.class);
    }

    Bundle module() {
        return module;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            return module.loadClass(name);
        } catch (ClassNotFoundException e) {
            return runtime.loadClass(name);
        }
    }

    // EclipseLink reads the bytes of classes to find their annotations.
    @Override
    protected @Nullable URL findResource(String name) {
        URL found = module.getResource(name);
        return found != null ? found : name.endsWith(".class") ? runtime.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        Enumeration<URL> found = module.getResources(name);
        return found != null ? found : Collections.emptyEnumeration();
    }
}
