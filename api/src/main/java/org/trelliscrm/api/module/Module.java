// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Requirement;

/**
 * Makes the bundle a module: a partner writes it once, on the {@code package-info} of the bundle's root package. The
 * build turns it into a capability and into a requirement of the runtime, so a module cannot be resolved without a
 * runtime of a fitting version.
 *
 * <p>The runtime then reads, when the bundle starts, {@code CRM-INF/db/changelog.yaml} (migrations, Liquibase),
 * {@code CRM-INF/i18n/messages_<locale>.properties} (texts, UTF-8) and the classes annotated with {@link
 * org.trelliscrm.api.record.RecordType}; all of it is withdrawn when the bundle stops.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
@Capability(namespace = Module.NAMESPACE, version = "1.0.0")
@Requirement(namespace = Module.RUNTIME, filter = "(&(version>=1.0.0)(!(version>=2.0.0)))")
public @interface Module {

    /** The namespace of the capability that each module provides; its attribute {@code id} names the module. */
    String NAMESPACE = "org.trelliscrm.module";

    /** The namespace of the capability that the runtime provides; its {@code version} is that of the module API. */
    String RUNTIME = "org.trelliscrm.runtime";

    /**
     * The one name of the module, lower case, letters, digits and hyphens, for example {@code pipeline}: the feature
     * is {@code crm-<id>} and the tables begin with {@code <id>_} (hyphens become underscores).
     */
    @Attribute
    String id();
}
