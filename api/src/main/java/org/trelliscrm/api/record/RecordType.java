// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Declares a JPA entity to be a record type: the one description from which the runtime makes REST, access, change
 * feed, import, export and pages. Written by modules on classes that extend {@link BaseRecord}; found by the runtime
 * through the capability that the build derives from it.
 *
 * <p>Texts stand in the module's catalogue: {@code type.<name>}, {@code type.<name>.plural}, {@code
 * field.<name>.<field>}, and for enumerations {@code choice.<name>.<field>.<constant>}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Capability(namespace = RecordType.NAMESPACE, attribute = "class=${@class}")
public @interface RecordType {

    /** The namespace of the capability that each record type provides; its attributes are {@code name, class}. */
    String NAMESPACE = "org.trelliscrm.record";

    /** The singular name, lower case with underscores, unique in the system; for example {@code deal}. */
    @Attribute
    String name();

    /** The name in the address {@code /api/<collection>}, lower case with hyphens, unique; for example {@code deals}. */
    String collection();

    /** The field that stands for the record where only one line is shown. */
    String titleField();

    /** The icon in the page, by its name in the Lucide set. */
    String icon() default "square";

    /**
     * The date or time field that places this record on the timeline of each record that it refers to, for example
     * {@code createdAt}; empty if it does not appear there.
     */
    String timeline() default "";

    /** Whether only hooks and actions write it: {@code POST}, {@code PATCH} and {@code DELETE} are refused. */
    boolean generated() default false;
}
