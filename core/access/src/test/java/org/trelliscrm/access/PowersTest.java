// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trelliscrm.api.access.FieldAccess.FULL;
import static org.trelliscrm.api.access.FieldAccess.HIDDEN;
import static org.trelliscrm.api.access.FieldAccess.READ_ONLY;
import static org.trelliscrm.api.access.Scope.ALL;
import static org.trelliscrm.api.access.Scope.NONE;
import static org.trelliscrm.api.access.Scope.OWN;
import static org.trelliscrm.api.access.Scope.TEAM;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.access.Scope;

class PowersTest {

    private static final FieldRule NO_PHONE = rule("contact", "phone", HIDDEN);

    private static Powers role(List<Grant> grants, FieldRule... rules) {
        return Powers.of(grants, List.of(rules));
    }

    private static Grant grant(String type, String verb, Scope scope) {
        return new Grant(type, verb, scope);
    }

    private static FieldRule rule(String type, String field, FieldAccess access) {
        return new FieldRule(type, field, access);
    }

    private static Rights merged(Powers... roles) {
        return Powers.of(List.of(roles)).rights();
    }

    @Test
    void ofEachRightTheWidestScopeWins() {
        Rights rights = merged(
                role(List.of(grant("contact", "read", TEAM), grant("contact", "update", OWN))),
                role(List.of(grant("contact", "read", OWN), grant("deal", "*", ALL))),
                role(List.of(grant("contact", "read", OWN), grant("contact", "delete", NONE))));

        assertThat(rights.scope("contact", "read")).isEqualTo(TEAM);
        assertThat(rights.scope("contact", "update")).isEqualTo(OWN);
        assertThat(rights.scope("contact", "delete")).isEqualTo(NONE);
        assertThat(rights.scope("deal", "win")).isEqualTo(ALL);
    }

    @Test
    void whoHasNoRoleMayDoNothing() {
        assertThat(merged().allows("contact", "read")).isFalse();
    }

    @Test
    void ofEachFieldTheMorePermissiveAccessWins() {
        Powers hides = role(List.of(grant("contact", "read", ALL)), NO_PHONE);
        Powers shows = role(List.of(grant("contact", "read", OWN)), rule("contact", "phone", READ_ONLY));
        Powers saysNothing = role(List.of(grant("contact", "read", OWN)));

        assertThat(merged(hides).field("contact", "phone")).isEqualTo(HIDDEN);
        assertThat(merged(hides, shows).field("contact", "phone")).isEqualTo(READ_ONLY);
        assertThat(merged(hides, saysNothing).field("contact", "phone")).isEqualTo(FULL);
        assertThat(merged(hides, saysNothing).allFields("contact")).isTrue();
    }

    @Test
    void aRoleThatGivesNothingOnATypeHasNoSayOnItsFields() {
        Powers hides = role(List.of(grant("contact", "read", ALL)), NO_PHONE);
        Powers warehouse = role(List.of(grant("parcel", "read", ALL)));
        Powers everything = role(List.of(grant("*", "read", OWN)));

        assertThat(merged(hides, warehouse).field("contact", "phone")).isEqualTo(HIDDEN);
        assertThat(merged(hides, everything).field("contact", "phone")).isEqualTo(FULL);
    }

    @Test
    void onlyEveryVerbOnEveryTypeIsUnlimited() {
        assertThat(role(List.of(grant("*", "*", ALL))).isUnlimited()).isTrue();
        assertThat(role(List.of(grant("*", "*", TEAM))).isUnlimited()).isFalse();
        assertThat(role(List.of(grant("*", "read", ALL), grant("contact", "*", ALL)))
                        .isUnlimited())
                .isFalse();
        assertThat(role(List.of(grant("*", "*", ALL)), NO_PHONE).isUnlimited()).isFalse();
        assertThat(Powers.isUnlimited(Rights.ALL)).isTrue();
    }

    @Test
    void powersAreWithinRightsThatReachAsFar() {
        Rights rights = merged(role(List.of(grant("contact", "*", TEAM), grant("*", "read", ALL))));

        assertThat(role(List.of(grant("contact", "delete", TEAM))).isWithin(rights, List.of()))
                .isTrue();
        assertThat(role(List.of(grant("contact", "*", OWN))).isWithin(rights, List.of()))
                .isTrue();
        assertThat(role(List.of(grant("invoice", "read", ALL))).isWithin(rights, List.of()))
                .isTrue();
        assertThat(role(List.of(grant("*", "read", ALL))).isWithin(rights, List.of()))
                .isTrue();
        assertThat(Powers.NONE.isWithin(Rights.NONE, List.of())).isTrue();
    }

    @Test
    void powersThatReachFurtherAreNot() {
        Rights rights = merged(role(List.of(grant("contact", "*", TEAM), grant("deal", "read", ALL))));

        assertThat(role(List.of(grant("contact", "delete", ALL))).isWithin(rights, List.of()))
                .isFalse();
        assertThat(role(List.of(grant("deal", "*", ALL))).isWithin(rights, List.of()))
                .isFalse();
        assertThat(role(List.of(grant("*", "read", OWN))).isWithin(rights, List.of()))
                .isFalse();
        assertThat(role(List.of(grant("user", "set-password", OWN))).isWithin(rights, List.of()))
                .isFalse();
    }

    @Test
    void powersThatShowAFieldWhichTheRightsHideAreNot() {
        Rights rights = merged(role(List.of(grant("contact", "read", ALL), grant("deal", "read", ALL)), NO_PHONE));
        List<FieldRule> rules = List.of(NO_PHONE);

        assertThat(role(List.of(grant("contact", "read", ALL))).isWithin(rights, rules))
                .isFalse();
        assertThat(role(List.of(grant("contact", "read", ALL)), NO_PHONE).isWithin(rights, rules))
                .isTrue();
        assertThat(role(List.of(grant("deal", "read", ALL))).isWithin(rights, rules))
                .isTrue();
    }
}
