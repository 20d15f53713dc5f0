// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.module;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Says that a module is whole: its tables are migrated, its record types serve, its texts are known. Registered by the
 * runtime as an OSGi service with the property {@code id}, withdrawn first when the module goes. A component that needs its
 * module's records holds a reference to it: {@code @Reference(target = "(id=pipeline)") ActiveModule self}.
 */
@ProviderType
public interface ActiveModule {

    /** The module's id, as in {@link Module#id()}. */
    String id();

    /** The version of its bundle. */
    String version();
}
