// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.junit.jupiter.api.Test;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Money;

class ChangelogTest {

    @Test
    void aFittingTableIsRight() {
        Changelog changelog = read(
                """
                - createRecordTable:
                    tableName: shop_ware
                    columns:
                      - column: {name: name, type: varchar(255)}
                      - column: {name: code, type: VARCHAR(20)}
                      - column: {name: price_amount, type: "decimal(19, 4)"}
                      - column: {name: price_currency, type: varchar(3)}
                      - column: {name: stored, type: int}
                      - column: {name: arrived_at, type: timestamp}
                      - column: {name: kind, type: varchar(10)}
                      - column: {name: tags, type: clob}
                      - column: {name: weight, type: "decimal(19,4)"}
                      - column: {name: sort_key, type: bigint}
                - addUniqueConstraint:
                    tableName: shop_ware
                    constraintName: shop_ware_code
                    columnNames: tenant_id, code
                """);

        assertThat(changelog.problems()).isEmpty();
        assertThat(Columns.problems(Ware.class, changelog.schema())).isEmpty();
    }

    @Test
    void everyDifferenceIsFound() {
        Changelog changelog = read(
                """
                - createRecordTable:
                    tableName: shop_ware
                    columns:
                      - column: {name: name, type: varchar(200)}
                      - column: {name: code, type: varchar(20)}
                      - column: {name: price_amount, type: "decimal(19,4)"}
                      - column: {name: stored, type: bigint}
                      - column: {name: arrived_at, type: date}
                      - column: {name: kind, type: varchar(3)}
                      - column: {name: tags, type: varchar(1000)}
                      - column: {name: weight, type: "decimal(10,2)"}
                      - column: {name: sort_key, type: bigint}
                      - column: {name: gone, type: int, constraints: {nullable: false}}
                      - column: {name: gone_too, type: int, defaultValueNumeric: 0, constraints: {nullable: false}}
                """);

        assertThat(Columns.problems(Ware.class, changelog.schema()))
                .containsExactlyInAnyOrder(
                        "shop_ware.name is varchar(200) and should be varchar(255) at least",
                        "shop_ware.code needs a unique constraint together with tenant_id",
                        "shop_ware.price_currency is missing; it should be varchar(3)",
                        "shop_ware.stored is bigint and should be int",
                        "shop_ware.arrived_at is date and should be timestamp",
                        "shop_ware.kind is varchar(3) and should be varchar(6) at least",
                        "shop_ware.tags is varchar(1000) and should be clob",
                        "shop_ware.weight is decimal(10,2) and should be decimal(19,4)",
                        "shop_ware.gone may not be null, and no attribute fills it");
    }

    @Test
    void laterChangesCount() {
        Changelog changelog = read(
                """
                - createRecordTable: {tableName: shop_thing, columns: [{column: {name: a, type: int}}]}
                - addColumn: {tableName: shop_thing, columns: [{column: {name: b, type: int}}]}
                - renameColumn: {tableName: shop_thing, oldColumnName: a, newColumnName: c}
                - addNotNullConstraint: {tableName: shop_thing, columnName: b}
                - renameTable: {oldTableName: shop_thing, newTableName: shop_object}
                """);

        assertThat(changelog.problems()).isEmpty();
        assertThat(changelog.schema().tables()).containsOnlyKeys("shop_object");
        assertThat(changelog.schema().tables().get("shop_object").columns().values())
                .containsExactly(
                        new Schema.Column("c", "int", false, false), new Schema.Column("b", "int", true, false));
    }

    @Test
    void aTableThatNoChangeMakesIsFound() {
        assertThat(Columns.problems(Ware.class, read("").schema()))
                .containsExactly("no createRecordTable makes shop_ware");
    }

    @Test
    void aChangeWithoutAWayBackIsFound() {
        assertThat(read("- sql: {sql: delete from shop_ware}\n").problems())
                .containsExactly("change set 1 has no way back: sql needs a rollback of its own");
    }

    @Test
    void aRollbackOfItsOwnIsAWayBack() {
        String yaml =
                """
                databaseChangeLog:
                  - changeSet:
                      id: "1"
                      changes: [{dropColumn: {tableName: shop_ware, columnName: old}}]
                      rollback: [{addColumn: {tableName: shop_ware, columns: [{column: {name: old, type: int}}]}}]
                """;

        assertThat(new Changelog(yaml, "shop_").problems()).isEmpty();
    }

    @Test
    void badNamesAreFound() {
        Changelog changelog = read(
                """
                - createTable: {tableName: ware, columns: [{column: {name: order, type: int}}]}
                - createTable: {tableName: shop_Ware, columns: [{column: {name: user, type: int}}]}
                - createIndex: {tableName: shop_ware, indexName: by_name, columns: [{column: {name: name}}]}
                - createRecordTable: {tableName: shop_ok, columns: [{column: {name: owner_id, type: bigint}}]}
                """
                        + "- createTable: {tableName: shop_" + "x".repeat(60) + "}\n");

        assertThat(changelog.problems())
                .containsExactly(
                        "the name ware does not begin with shop_",
                        "the name order is a word of SQL",
                        "the name shop_Ware is not in lower case, digits and underscores",
                        "the name user is a word of SQL",
                        "the name by_name does not begin with shop_",
                        "shop_ok.owner_id is made by createRecordTable",
                        "the name shop_" + "x".repeat(60) + " is longer than 60");
    }

    @Test
    void anIdThatIsUsedTwiceIsFound() {
        String yaml =
                """
                databaseChangeLog:
                  - changeSet: {id: "1", changes: []}
                  - changeSet: {id: 1, changes: []}
                """;

        assertThat(new Changelog(yaml, "shop_").problems()).containsExactly("two change sets have the id 1");
    }

    private static Changelog read(String changes) {
        return new Changelog(
                "databaseChangeLog:\n  - changeSet:\n      id: 1\n      changes:\n" + changes.indent(8), "shop_");
    }

    enum Kind {
        FOOD,
        DRINKS
    }

    @Entity
    @Table(name = "shop_ware")
    static class Ware extends BaseRecord {
        static final int CONSTANT = 1;

        @Field
        private String name;

        @Field(maxLength = 20, unique = true)
        private String code;

        @Field
        private Money price;

        @Field
        private Integer stored;

        @Field
        private Instant arrivedAt;

        @Field
        private Kind kind;

        @Field
        private List<String> tags = new ArrayList<>();

        @Field
        private BigDecimal weight;

        @Column(name = "sort_key")
        private long key;
    }
}
