// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.Rights;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.RecordTransaction;
import org.trelliscrm.runtime.data.Ids;
import org.trelliscrm.runtime.data.Migrations;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.data.Unit;
import org.trelliscrm.runtime.data.Units;
import org.trelliscrm.runtime.feed.Feed;
import org.trelliscrm.runtime.records.TypeRegistry.ServingType;

/** The record engine over a real database, put together by hand as the framework would. */
public final class Engine implements AutoCloseable {

    public final HikariDataSource dataSource;
    public final TypeRegistry types = new TypeRegistry();
    public final Behaviour behaviour = new Behaviour();
    public final Feed feed;
    public final RecordService records;
    public final References references;
    public final Units units;
    final Timeline timeline;
    private final Unit unit;

    private Engine(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        migrate();
        TypeInfo thing = new TypeInfo("things", Thing.class);
        units = new Units(dataSource);
        unit = units.open("things", FakeBundle.of("things/"), List.of(thing));
        types.add(List.of(new ServingType(thing, unit, 0)));
        feed = new Feed(dataSource);
        references = new References(types);
        Clock clock = Clock.systemUTC();
        records = new RecordService(
                types, behaviour, new RecordReader(references, types, clock), references, feed, new Ids(clock), clock);
        timeline = new Timeline(dataSource, types);
    }

    /** Migrates as at a start of the system. */
    void migrate() {
        Migrations migrations = new Migrations(dataSource);
        migrations.migrate("core", FakeBundle.of(""));
        migrations.migrate("things", FakeBundle.of("things/"));
    }

    public static Engine onDerby() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl("jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
        return new Engine(dataSource);
    }

    public static Engine onPostgreSql() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            DataSource source = server.getPostgresDatabase();
            HikariDataSource dataSource = new HikariDataSource() {
                @Override
                public void close() {
                    super.close();
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
            dataSource.setDataSource(source);
            return new Engine(dataSource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody of tenant 1 with these rights. */
    public static Caller caller(long user, Rights rights, Long... teams) {
        return caller(1, user, rights, teams);
    }

    /** Somebody of a tenant with these rights. */
    public static Caller caller(int tenant, long user, Rights rights, Long... teams) {
        return new Caller(
                tenant,
                user,
                "User " + user,
                Set.of(teams),
                teams.length == 0 ? null : teams[0],
                rights,
                Locale.ENGLISH,
                ZoneId.of("UTC"));
    }

    /** The class of the record type that there is. */
    public static Class<? extends BaseRecord> type() {
        return Thing.class;
    }

    /** Creates a record in an open transaction. */
    public static void create(RecordTransaction transaction, String name) {
        Thing thing = new Thing();
        thing.name = name;
        transaction.create(thing);
    }

    @Override
    public void close() {
        unit.close();
        dataSource.close();
    }
}
