// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.record.Change;
import org.trelliscrm.api.record.ChangeListener;
import org.trelliscrm.runtime.feed.AuditVerification.Fault;
import org.trelliscrm.runtime.feed.AuditVerification.Finding;
import org.trelliscrm.runtime.records.Engine;

/** Whoever tampers with the change log is found; the same on each database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AuditTest {

    private static final Caller CALLER = Engine.caller(7, Rights.ALL);

    private final LinkedBlockingQueue<Long> numbered = new LinkedBlockingQueue<>();
    private Engine engine;
    private AuditVerification verification;
    /** The place of the first of five changes. */
    private long first;

    abstract Engine start();

    @BeforeAll
    void open() {
        engine = start();
        verification = new AuditVerification(engine.dataSource);
        engine.feed.start();
        engine.feed.bindListener(new ChangeListener() {
            @Override
            public String name() {
                return "audit.test";
            }

            @Override
            public void changed(List<Change> changes) {
                changes.forEach(change -> numbered.add(change.position()));
            }
        });
    }

    @AfterAll
    void close() {
        engine.feed.stop();
        engine.close();
    }

    @BeforeEach
    void chainFiveChanges() throws SQLException, InterruptedException {
        execute("delete from change_log");
        execute("update feed_counter set chained_after = last_position, last_hash = '" + AuditChain.START + "'");
        numbered.clear();
        for (int i = 0; i < 5; i++) {
            engine.records.create(
                    CALLER, "thing", Map.of("name", "n" + i, "price", Map.of("amount", "1", "currency", "EUR")));
        }
        first = next();
        for (int i = 1; i < 5; i++) {
            next();
        }
    }

    private long next() throws InterruptedException {
        Long position = numbered.poll(30, TimeUnit.SECONDS);
        assertThat(position).as("a change within 30 s").isNotNull();
        return position;
    }

    @Test
    void aChainThatNobodyTouchedHolds() {
        Finding finding = verify();

        assertThat(finding.fault()).isNull();
        assertThat(finding.complete()).isTrue();
        assertThat(finding.position()).isEqualTo(first + 4);
        assertThat(finding.hash()).hasSize(64).isNotEqualTo(AuditChain.START);
    }

    @Test
    void whatCameBeforeTheChainIsNoFault() throws SQLException {
        execute("update feed_counter set chained_after = " + (first + 4) + ", last_hash = '" + AuditChain.START + "'");
        execute("update change_log set hash = null");

        Finding finding = verify();

        assertThat(finding.fault()).isNull();
        assertThat(finding.chainedAfter()).isEqualTo(first + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fields = '{}'",
                "actor = 8",
                "actor = null",
                "tenant_id = 2",
                "verb = 'update'",
                "record_id = 5",
                "change_set = 5",
                "changed_at = cast('2020-01-01 00:00:00' as timestamp)",
                "hash = null",
                "hash = 'x'"
            })
    void aChangedRowIsFound(String change) throws SQLException {
        execute("update change_log set " + change + " where feed_position = " + (first + 2));

        assertFault(Fault.CHANGED, 2);
    }

    @Test
    void aMissingRowIsFound() throws SQLException {
        execute("delete from change_log where feed_position = " + (first + 1));

        assertFault(Fault.MISSING, 1);
    }

    @Test
    void aRowThatWasPutInIsFound() throws SQLException {
        execute("insert into change_log (id, feed_position, tenant_id, type, record_id, verb, changed_at, fields, hash)"
                + " select 1, feed_position, tenant_id, type, 99, verb, changed_at, fields, hash from change_log"
                + " where feed_position = " + (first + 3));

        assertFault(Fault.CHANGED, 3);
    }

    @Test
    void rowsThatChangedPlacesAreFound() throws SQLException {
        execute("update change_log set feed_position = -1 where feed_position = " + (first + 1));
        execute("update change_log set feed_position = " + (first + 1) + " where feed_position = " + (first + 2));
        execute("update change_log set feed_position = " + (first + 2) + " where feed_position = -1");

        assertFault(Fault.CHANGED, 1);
    }

    @Test
    void aTailThatIsCutOffIsFound() throws SQLException {
        execute("delete from change_log where feed_position >= " + (first + 3));

        assertFault(Fault.TRUNCATED, 3);
    }

    @Test
    void aChainThatWasMadeAnewIsFound() throws SQLException {
        execute("update change_log set actor = 8 where feed_position = " + (first + 2));
        rewrite();

        assertFault(Fault.REWRITTEN, 4);
    }

    private void rewrite() throws SQLException {
        AuditChain chain = new AuditChain(first - 1, AuditChain.START);
        try (Connection connection = engine.dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select " + ChainedRow.COLUMNS + " from change_log order by feed_position");
                PreparedStatement update =
                        connection.prepareStatement("update change_log set hash = ? where feed_position = ?")) {
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    chain.add(ChainedRow.of(row));
                    update.setString(1, chain.hash());
                    update.setLong(2, chain.position());
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }

    @Test
    void aWalkThatIsStoppedSaysSo() {
        Finding finding = verification.verify((done, total) -> false);

        assertThat(finding.complete()).isFalse();
        assertThat(finding.fault()).isNull();
    }

    private void assertFault(Fault fault, long place) {
        Finding finding = verify();

        assertThat(finding.fault()).isEqualTo(fault);
        assertThat(finding.faultAt()).isEqualTo(first + place);
    }

    private Finding verify() {
        return verification.verify((done, total) -> true);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = engine.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
