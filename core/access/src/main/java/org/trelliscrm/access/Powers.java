// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;

/**
 * What roles add up to: of each right the widest scope, of each field the most permissive access. A role has a say on a field
 * only if it gives any right on that type, and one that has a say and no rule gives the field in full.
 */
final class Powers {

    /** Nothing at all. */
    static final Powers NONE = new Powers(Map.of(), Map.of());

    private final Map<String, Map<String, Scope>> grants;
    private final Map<String, Map<String, FieldAccess>> fields;

    private Powers(Map<String, Map<String, Scope>> grants, Map<String, Map<String, FieldAccess>> fields) {
        this.grants = grants;
        this.fields = fields;
    }

    /** The powers of one role. */
    static Powers of(List<Grant> grants, List<FieldRule> rules) {
        Map<String, Map<String, Scope>> scopes = new HashMap<>();
        for (Grant grant : grants) {
            if (grant.scope() != Scope.NONE) {
                scopes.computeIfAbsent(grant.type(), type -> new HashMap<>())
                        .merge(grant.verb(), grant.scope(), Scope::or);
            }
        }
        Map<String, Map<String, FieldAccess>> fields = new HashMap<>();
        for (FieldRule rule : rules) {
            fields.computeIfAbsent(rule.type(), type -> new HashMap<>())
                    .merge(rule.field(), rule.access(), FieldAccess::or);
        }
        return new Powers(scopes, fields);
    }

    /** The powers of somebody with several roles. */
    static Powers of(Collection<Powers> roles) {
        Map<String, Map<String, Scope>> scopes = new HashMap<>();
        Map<String, Map<String, FieldAccess>> fields = new HashMap<>();
        for (Powers role : roles) {
            role.grants.forEach((type, verbs) -> verbs.forEach((verb, scope) ->
                    scopes.computeIfAbsent(type, t -> new HashMap<>()).merge(verb, scope, Scope::or)));
            role.fields.forEach((type, rules) -> rules.keySet().forEach(field -> {
                FieldAccess access =
                        roles.stream().map(each -> each.field(type, field)).reduce(FieldAccess.HIDDEN, FieldAccess::or);
                if (access != FieldAccess.FULL) {
                    fields.computeIfAbsent(type, t -> new HashMap<>()).put(field, access);
                }
            }));
        }
        return new Powers(scopes, fields);
    }

    Rights rights() {
        return new Rights(grants, fields);
    }

    /** Whether they are all there is: every verb on every type, as far as it goes, and no field kept back. */
    boolean isUnlimited() {
        return fields.isEmpty() && isUnlimited(rights());
    }

    /** Whether these rights are all there is. */
    static boolean isUnlimited(Rights rights) {
        return rights.scope(Rights.ANY, Rights.ANY) == Scope.ALL;
    }

    /**
     * Whether there is nothing in them that goes beyond these rights.
     *
     * @param rules all rules on fields that any role has, for the rights do not tell which fields they restrict
     */
    boolean isWithin(Rights rights, Collection<FieldRule> rules) {
        for (Map.Entry<String, Map<String, Scope>> type : grants.entrySet()) {
            for (Map.Entry<String, Scope> verb : type.getValue().entrySet()) {
                if (rights.scope(type.getKey(), verb.getKey()).compareTo(verb.getValue()) < 0) {
                    return false;
                }
            }
        }
        return rules.stream()
                .allMatch(rule ->
                        field(rule.type(), rule.field()).compareTo(rights.field(rule.type(), rule.field())) <= 0);
    }

    private FieldAccess field(String type, String field) {
        return touches(type)
                ? fields.getOrDefault(type, Map.of()).getOrDefault(field, FieldAccess.FULL)
                : FieldAccess.HIDDEN;
    }

    private boolean touches(String type) {
        return grants.containsKey(type) || grants.containsKey(Rights.ANY);
    }
}
