// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user whom somebody says they are, of whatever tenant, before that is proved.
 *
 * @param passwordHash {@code null} if they cannot sign in with a password
 * @param sessionSeries see {@link User#endSessions}
 */
record Candidate(
        int tenant,
        long id,
        String login,
        @Nullable String email,
        String name,
        boolean active,
        @Nullable String passwordHash,
        int sessionSeries) {

    private static final Pattern STORABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]+");

    private static final String SELECT =
            "select tenant_id, id, login, email, name, active, password_hash, session_series from access_user where ";

    /** The one user with this login, else the one with this address; none if several share it. */
    static Optional<Candidate> named(String typed, Database database) {
        String folded = Login.fold(typed);
        if (folded.length() > Login.MAX_LENGTH || !STORABLE.matcher(folded).matches()) {
            return Optional.empty();
        }
        List<Candidate> byLogin = find("login = ?", folded, database);
        // Asked in any case, so that the time does not tell which of the two it was.
        List<Candidate> byEmail = find("email = ?", folded, database);
        return single(byLogin).or(() -> byLogin.isEmpty() ? single(byEmail) : Optional.empty());
    }

    /** The user with this id. */
    static Optional<Candidate> byId(int tenant, long id, Database database) {
        return database
                .query(SELECT + "tenant_id = ? and id = ? and deleted_at is null", Candidate::read, tenant, id)
                .stream()
                .findFirst();
    }

    private static List<Candidate> find(String condition, String value, Database database) {
        return database.query(SELECT + condition + " and deleted_at is null", Candidate::read, value);
    }

    // If one of several is active, the others are people who have left.
    private static Optional<Candidate> single(List<Candidate> found) {
        List<Candidate> active = found.stream().filter(Candidate::active).toList();
        List<Candidate> left = active.isEmpty() ? found : active;
        return left.size() == 1 ? Optional.of(left.get(0)) : Optional.empty();
    }

    private static Candidate read(ResultSet row) throws SQLException {
        return new Candidate(
                row.getInt("tenant_id"),
                row.getLong("id"),
                row.getString("login"),
                row.getString("email"),
                row.getString("name"),
                row.getBoolean("active"),
                row.getString("password_hash"),
                row.getInt("session_series"));
    }

    /** Without the hash, lest it land in a log. */
    @Override
    public String toString() {
        return "user " + id;
    }
}
