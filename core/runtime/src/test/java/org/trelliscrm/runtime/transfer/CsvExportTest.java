// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trelliscrm.api.access.Caller;

class CsvExportTest {

    private static final Map<String, Object> ANNA = Map.of(
            "id",
            "0h2k900000000",
            "version",
            3,
            "name",
            "Anna \"A\", Ltd",
            "age",
            41,
            "vip",
            true,
            "budget",
            Map.of("amount", "1200.5", "currency", "EUR"),
            "emails",
            List.of(Map.of("address", "anna@x.example", "label", "work"), Map.of("address", "a@y.example")),
            "tags",
            List.of("Berlin, Mitte"),
            "notes",
            "=HYPERLINK(1)\nsecond line");

    private static final Map<String, Object> BO = Map.of(
            "id",
            "0h2k900000001",
            "name",
            "Bo",
            "emails",
            List.of(),
            "tags",
            List.of("a", "b"),
            "notes",
            "+44 20 7946");

    @TempDir
    private Path folder;

    @Test
    void listsAreColumnsAsManyAsTheLongestNeeds() throws IOException {
        String csv = export(List.of("name", "emails", "budget", "age"), List.of(ANNA, BO));

        assertThat(csv)
                .isEqualTo("\ufeffid,name,emails[0].address,emails[0].label,emails[1].address,budget.amount,"
                        + "budget.currency,age\r\n"
                        + "0h2k900000000,\"Anna \"\"A\"\", Ltd\",anna@x.example,work,a@y.example,1200.5,EUR,41\r\n"
                        + "0h2k900000001,Bo,,,,,,\r\n");
    }

    @Test
    void whatCouldBeAFormulaIsGuardedAndPhoneNumbersAreNot() throws IOException {
        String csv = export(List.of("notes"), List.of(ANNA, BO));

        assertThat(csv).contains(",\"'=HYPERLINK(1)\nsecond line\"\r\n", ",+44 20 7946\r\n");
    }

    @Test
    void anEmptyListIsAFileWithNothingButHeaders() throws IOException {
        assertThat(export(List.of("name"), List.of())).isEqualTo("\ufeffid,name\r\n");
    }

    @Test
    void whatIsExportedIsImportedAgain() throws IOException {
        List<String> fields = List.of("name", "age", "vip", "budget", "emails", "tags", "notes");
        Path file = Files.writeString(folder.resolve("file.csv"), export(fields, List.of(ANNA, BO)));
        ImportRequest request = new ImportRequest("person", "", "csv", Map.of(), null, false, "", "");

        CsvSource source = new CsvSource(file, request, Person.TYPE, Person.labels(), Caller.system(1), in -> in);
        List<Map<String, Object>> rows = new ArrayList<>();
        source.read((row, cells) -> rows.add(row.values()));

        Map<String, Object> anna = new HashMap<>(ANNA);
        anna.keySet().removeAll(List.of("id", "version"));
        anna.put("age", "41");
        assertThat(rows.get(0)).isEqualTo(anna);
        assertThat(rows.get(1)).isEqualTo(Map.of("name", "Bo", "tags", List.of("a", "b"), "notes", "+44 20 7946"));
    }

    private static String export(List<String> fields, List<Map<String, Object>> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvExport(Person.TYPE, fields).write(records.iterator(), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
