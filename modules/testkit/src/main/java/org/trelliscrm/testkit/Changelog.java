// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A module's migrations as they stand in the file, and what is wrong with them. */
final class Changelog {

    /** What Liquibase, or the runtime for the first, can take back by itself. */
    private static final Set<String> REVERSIBLE = Set.of(
            "createRecordTable",
            "createTable",
            "addColumn",
            "createIndex",
            "addUniqueConstraint",
            "addForeignKeyConstraint",
            "addPrimaryKey",
            "addNotNullConstraint",
            "dropNotNullConstraint",
            "addDefaultValue",
            "createSequence",
            "renameColumn",
            "renameTable");

    /** PostgreSQL cuts off what is longer than 63. */
    private static final int LONGEST_NAME = 60;

    /** To the names of these the runtime adds a few letters for its own indexes. */
    private static final int LONGEST_RECORD_TABLE = 50;

    private static final Set<String> RESERVED = reservedWords();

    private final String prefix;
    private final Schema schema = new Schema();
    private final List<String> problems = new ArrayList<>();

    /** @param prefix what the names of the module's tables begin with */
    Changelog(String yaml, String prefix) {
        this.prefix = prefix;
        Set<String> ids = new HashSet<>();
        for (Object entry : Yaml.list(Yaml.parse(yaml).get("databaseChangeLog"))) {
            Map<String, Object> changeSet = Yaml.map(Yaml.map(entry).get("changeSet"));
            if (!ids.add(Yaml.text(changeSet, "id"))) {
                problems.add("two change sets have the id " + changeSet.get("id"));
            }
            for (Object change : Yaml.list(changeSet.get("changes"))) {
                Yaml.map(change).forEach((kind, details) -> read(changeSet, kind, Yaml.map(details)));
            }
        }
    }

    /** The tables when all changes have run. */
    Schema schema() {
        return schema;
    }

    /** What is wrong with the changes themselves, in words. */
    List<String> problems() {
        return problems;
    }

    private void read(Map<String, Object> changeSet, String kind, Map<String, Object> change) {
        if (!REVERSIBLE.contains(kind) && !changeSet.containsKey("rollback")) {
            problems.add(
                    "change set " + changeSet.get("id") + " has no way back: " + kind + " needs a rollback of its own");
        }
        change.forEach((key, value) -> {
            if (key.matches("(table|newTable|index|constraint|sequence)Name")) {
                checkShared(value.toString());
            } else if (key.equals("newColumnName")) {
                checkName(value.toString());
            }
        });
        for (Map<String, Object> column : Yaml.columns(change)) {
            checkName(Yaml.text(column, "name"));
            if (kind.equals("createRecordTable") && Schema.COMMON.contains(Yaml.text(column, "name"))) {
                problems.add(change.get("tableName") + "." + column.get("name") + " is made by createRecordTable");
            }
        }
        if (kind.equals("createRecordTable") && Yaml.text(change, "tableName").length() > LONGEST_RECORD_TABLE) {
            problems.add("the name " + change.get("tableName") + " is longer than " + LONGEST_RECORD_TABLE);
        }
        schema.apply(kind, change);
    }

    // Tables, indexes, constraints and sequences of all modules stand side by side in one schema.
    private void checkShared(String name) {
        checkName(name);
        if (!name.startsWith(prefix)) {
            problems.add("the name " + name + " does not begin with " + prefix);
        }
    }

    private void checkName(String name) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            problems.add("the name " + name + " is not in lower case, digits and underscores");
        }
        if (name.length() > LONGEST_NAME) {
            problems.add("the name " + name + " is longer than " + LONGEST_NAME);
        }
        if (RESERVED.contains(name)) {
            problems.add("the name " + name + " is a word of SQL");
        }
    }

    private static Set<String> reservedWords() {
        try (InputStream in = Objects.requireNonNull(Changelog.class.getResourceAsStream("reserved-words.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> List.of(line.split(" ")).stream())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
