// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.access;

import java.util.HashMap;
import java.util.Map;

/**
 * What one caller may do, already merged from all roles: immutable, cheap to ask. Made by whoever authenticates (see
 * {@link Authenticator}), asked by the record engine before every list, count, export, file and action.
 *
 * <p>The verbs of every record type are {@code create, read, update, delete, export} and the names of its actions;
 * other permissions look the same, for example {@code module:manage}. {@code *} stands for every type or every verb.
 */
public final class Rights {

    /** Every type, or every verb. */
    public static final String ANY = "*";

    /** No rights at all. */
    public static final Rights NONE = new Rights(Map.of(), Map.of());

    /** All rights. */
    public static final Rights ALL = new Rights(Map.of(ANY, Map.of(ANY, Scope.ALL)), Map.of());

    private final Map<String, Map<String, Scope>> grants;
    private final Map<String, Map<String, FieldAccess>> fields;

    /**
     * @param grants type → verb → scope
     * @param fields type → field → access, for the restricted fields only
     */
    public Rights(Map<String, Map<String, Scope>> grants, Map<String, Map<String, FieldAccess>> fields) {
        this.grants = copy(grants);
        this.fields = copy(fields);
    }

    private static <V> Map<String, Map<String, V>> copy(Map<String, Map<String, V>> source) {
        Map<String, Map<String, V>> copy = new HashMap<>();
        source.forEach((type, inner) -> copy.put(type, Map.copyOf(inner)));
        return Map.copyOf(copy);
    }

    /** How far the right {@code type:verb} reaches. */
    public Scope scope(String type, String verb) {
        return scopeOf(type, verb).or(scopeOf(ANY, verb));
    }

    private Scope scopeOf(String type, String verb) {
        Map<String, Scope> verbs = grants.getOrDefault(type, Map.of());
        return verbs.getOrDefault(verb, Scope.NONE).or(verbs.getOrDefault(ANY, Scope.NONE));
    }

    /** Whether the right reaches anything at all. */
    public boolean allows(String type, String verb) {
        return scope(type, verb) != Scope.NONE;
    }

    /** What may be done with a field; {@link FieldAccess#FULL} where no rule says otherwise. */
    public FieldAccess field(String type, String field) {
        return fields.getOrDefault(type, Map.of()).getOrDefault(field, FieldAccess.FULL);
    }

    /** Whether no field of this type is restricted, so that nothing needs to be asked field by field. */
    public boolean allFields(String type) {
        return !fields.containsKey(type);
    }
}
