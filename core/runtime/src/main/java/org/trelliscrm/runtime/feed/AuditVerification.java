// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.runtime.data.DatabaseException;

/** Walks the audit chain from its beginning and tells the first place where it does not hold. */
@Component(service = AuditVerification.class)
public class AuditVerification {

    private static final int CHUNK = 1000;

    private final DataSource dataSource;

    @Activate
    public AuditVerification(@Reference(target = "(osgi.jndi.service.name=crm)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is wrong at a place of the chain. */
    public enum Fault {
        /** There is no row with this number, though there are later ones. */
        MISSING,
        /** The row is not the one that was chained here. */
        CHANGED,
        /** The rows from this number on are gone. */
        TRUNCATED,
        /** Each row fits the one before, but the last is not the one that the feed remembers: they were all made anew. */
        REWRITTEN;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a walk has found.
     *
     * @param chainedAfter the chain begins after this position; what is older was never chained
     * @param position how far the chain holds
     * @param hash the hash there: kept outside of this database it proves later that nothing up to here was written anew
     * @param complete whether the walk came to its end
     * @param fault what is wrong after that, or {@code null}
     */
    public record Finding(long chainedAfter, long position, String hash, boolean complete, @Nullable Fault fault) {

        /** The first place where the chain does not hold, or {@code null}. */
        public @Nullable Long faultAt() {
            return fault == null ? null : fault == Fault.REWRITTEN ? position : position + 1;
        }
    }

    /** Follows a walk, and may end it. */
    @FunctionalInterface
    public interface Progress {
        /** Tells how far it is; false ends it. */
        boolean at(long done, long total);
    }

    /** Walks up to what is in the feed at this moment. */
    public Finding verify(Progress progress) {
        try {
            return walk(progress);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private Finding walk(Progress progress) throws SQLException {
        Counter counter = counter();
        AuditChain chain = new AuditChain(counter.chainedAfter, AuditChain.START);
        long total = counter.position - counter.chainedAfter;
        while (chain.position() < counter.position) {
            if (!progress.at(chain.position() - counter.chainedAfter, total)) {
                return finding(counter, chain, false, null);
            }
            long before = chain.position();
            Optional<Fault> fault = walkChunk(chain, counter.position);
            if (fault.isPresent()) {
                return finding(counter, chain, true, fault.get());
            }
            if (chain.position() == before) {
                return finding(counter, chain, true, Fault.TRUNCATED);
            }
        }
        progress.at(total, total);
        if (!chain.hash().equals(counter.hash)) {
            return finding(counter, chain, true, Fault.REWRITTEN);
        }
        return finding(counter, chain, true, null);
    }

    private static Finding finding(Counter counter, AuditChain chain, boolean complete, @Nullable Fault fault) {
        return new Finding(counter.chainedAfter, chain.position(), chain.hash(), complete, fault);
    }

    private Optional<Fault> walkChunk(AuditChain chain, long last) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select " + ChainedRow.COLUMNS
                        + ", feed_position, hash from change_log where feed_position > ? and feed_position <= ?"
                        + " order by feed_position, id fetch first " + CHUNK + " rows only")) {
            select.setLong(1, chain.position());
            select.setLong(2, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Fault fault = check(chain, row);
                    if (fault != null) {
                        return Optional.of(fault);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Moves the chain on by one row, unless it does not fit. */
    private static @Nullable Fault check(AuditChain chain, ResultSet row) throws SQLException {
        long position = row.getLong(10);
        if (position > chain.position() + 1) {
            return Fault.MISSING;
        }
        String hash = chain.next(ChainedRow.of(row));
        // A second row with the number of the one before is one that was not chained here either.
        if (position <= chain.position() || !hash.equals(row.getString(11))) {
            return Fault.CHANGED;
        }
        chain.add(hash);
        return null;
    }

    private Counter counter() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select last_position, last_hash, chained_after from feed_counter");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Counter(row.getLong(1), row.getString(2), row.getLong(3));
        }
    }

    private record Counter(long position, String hash, long chainedAfter) {}
}
