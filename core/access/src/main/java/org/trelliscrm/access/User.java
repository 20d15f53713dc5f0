// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.RecordType;

/**
 * A person who works with the system. {@link UserRules} keeps what may be changed by whom; {@link UserAuthenticator} finds
 * out whether somebody is that person.
 */
@RecordType(name = "user", collection = "users", titleField = "name", icon = "user")
@Entity
@Table(name = "access_user")
public class User extends BaseRecord {

    /** What is typed on signing in: a name or an e-mail address, see {@link Login}. */
    @Field(required = true, unique = true, searchable = true)
    private @Nullable String login;

    @Field(required = true, searchable = true)
    private @Nullable String name;

    @Field(format = Field.Format.EMAIL, searchable = true)
    private @Nullable String email;

    @Field
    private boolean active = true;

    @Field(references = "role", indexed = true)
    private List<Long> roles = new ArrayList<>();

    /** Where the user works; the records of this team and of those below are what {@code TEAM} reaches. */
    @Field(references = "team")
    private @Nullable Long homeTeam;

    @Field(format = Field.Format.LANGUAGE, maxLength = 35)
    private @Nullable String locale;

    @Field(format = Field.Format.TIME_ZONE, maxLength = 64)
    private @Nullable String timeZone;

    /** Who has none cannot sign in. */
    @Field(internal = true)
    private @Nullable String passwordHash;

    /** Whether nothing but changing the password is allowed until that is done. */
    @Field(readOnly = true)
    private boolean passwordExpired;

    /** Sessions of an earlier series are over: what ends them is saved together with the reason. */
    @Field(internal = true)
    private int sessionSeries;

    /** For the engine. */
    public User() {}

    User(String login, String name, List<Long> roles) {
        this.login = login;
        this.name = name;
        this.roles = new ArrayList<>(roles);
    }

    /** Brings login and address into the one form in which they are compared. */
    void fold() {
        login = login == null ? null : Login.fold(login);
        email = email == null ? null : Login.fold(email);
    }

    /** Sets the password that the user has chosen. */
    void changePassword(String hash) {
        passwordHash = hash;
        passwordExpired = false;
        endSessions();
    }

    /** Sets a password that somebody else knows too, so that it holds for one sign-in only. */
    void resetPassword(String hash) {
        changePassword(hash);
        passwordExpired = true;
    }

    /** Whoever is signed in as this user is so no longer. */
    void endSessions() {
        sessionSeries++;
    }

    String login() {
        return Objects.requireNonNull(login);
    }

    String name() {
        return Objects.requireNonNull(name);
    }

    @Nullable
    String email() {
        return email;
    }

    boolean isActive() {
        return active;
    }

    List<Long> roles() {
        return roles;
    }

    @Nullable
    Long homeTeam() {
        return homeTeam;
    }

    Locale locale() {
        return locale == null ? Locale.ENGLISH : Locale.forLanguageTag(locale);
    }

    ZoneId zone() {
        return ZoneId.of(timeZone == null ? "UTC" : timeZone);
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    boolean isPasswordExpired() {
        return passwordExpired;
    }

    int sessionSeries() {
        return sessionSeries;
    }
}
