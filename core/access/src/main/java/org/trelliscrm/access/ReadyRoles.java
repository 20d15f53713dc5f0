// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.trelliscrm.api.access.Scope.ALL;
import static org.trelliscrm.api.access.Scope.OWN;
import static org.trelliscrm.api.access.Scope.TEAM;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;

/**
 * The roles that a fresh installation begins with; a company changes them as it likes. They name types of modules that may
 * be installed later.
 */
final class ReadyRoles {

    /** Of one's own profile, what somebody else decides. */
    private static final List<FieldRule> PROFILE = Stream.of("login", "email", "active", "roles", "homeTeam")
            .map(field -> new FieldRule("user", field, FieldAccess.READ_ONLY))
            .toList();

    private ReadyRoles() {}

    static Role administrator() {
        return new Role(
                "administrator", "May do everything", new Grants().add(Rights.ANY, ALL, Rights.ANY).list, List.of());
    }

    static List<Role> others() {
        return List.of(
                role(
                        "executive",
                        "Sees and exports all there is to sell and to do, and takes part in it",
                        all().add("contact", ALL, "create", "update", "export")
                                .add("activity", ALL, "create", "update", "export")
                                .add("deal", ALL, "create", "update", "export", "win", "lose", "reopen")),
                role(
                        "sales",
                        "Works with the contacts and deals of the own team",
                        colleagues()
                                .add("contact", ALL, "read")
                                .add("contact", TEAM, "create", "update")
                                .add("contact", OWN, "delete", "export")
                                .add("activity", TEAM, "read", "create", "update")
                                .add("activity", OWN, "delete")
                                .add("deal", TEAM, "read", "create", "update", "win", "lose", "reopen")
                                .add("deal", OWN, "delete", "export")
                                .add("stage_change", TEAM, "read")
                                .add("pipeline", ALL, "read")
                                .add("stage", ALL, "read")),
                role(
                        "marketing",
                        "Cares for all contacts and sees what becomes of them",
                        all().add("contact", ALL, "create", "update", "delete", "export")
                                .add("activity", TEAM, "create", "update")
                                .add("activity", OWN, "delete")),
                role(
                        "support",
                        "Helps every customer",
                        all().add("contact", ALL, "create", "update")
                                .add("activity", ALL, "create", "update")
                                .add("activity", OWN, "delete")),
                role(
                        "call-agent",
                        "Makes and takes calls",
                        colleagues()
                                .add("contact", ALL, "read", "create", "update")
                                .add("activity", OWN, "read", "create", "update")),
                role(
                        "warehouse",
                        "Looks up contacts and does the tasks that come with orders",
                        colleagues().add("contact", ALL, "read").add("activity", OWN, "read", "create", "update")),
                role("read-only", "Sees everything in daily use, changes nothing", all()),
                // Somebody of another company: not even the names of our people.
                role(
                        "partner",
                        "Brings in contacts and deals from outside and sees only those",
                        new Grants()
                                .add("user", OWN, "read", "update")
                                .add("contact", OWN, "read", "create", "update")
                                .add("activity", OWN, "read", "create", "update")
                                .add("deal", OWN, "read", "create", "update")
                                .add("pipeline", ALL, "read")
                                .add("stage", ALL, "read")));
    }

    private static Grants colleagues() {
        return new Grants().add("user", ALL, "read").add("user", OWN, "update").add("team", ALL, "read");
    }

    private static Grants all() {
        return colleagues()
                .add("contact", ALL, "read")
                .add("activity", ALL, "read")
                .add("deal", ALL, "read")
                .add("stage_change", ALL, "read")
                .add("pipeline", ALL, "read")
                .add("stage", ALL, "read");
    }

    private static Role role(String name, String description, Grants grants) {
        return new Role(name, description, grants.list, PROFILE);
    }

    private static final class Grants {

        private final List<Grant> list = new ArrayList<>();

        Grants add(String type, Scope scope, String... verbs) {
            for (String verb : verbs) {
                list.add(new Grant(type, verb, scope));
            }
            return this;
        }
    }
}
