// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.Row;

class CsvSourceTest {

    @TempDir
    private Path folder;

    private Map<String, @Nullable Object> mapping = Map.of();
    private String charset = "";
    private String delimiter = "";

    @Test
    void eachRowBecomesARecord() throws IOException {
        List<Row> rows = read("name,age\nAnna,41\nBo,7\n");

        assertThat(rows).extracting(Row::number).containsExactly(2L, 3L);
        assertThat(rows.get(0).values()).isEqualTo(Map.of("name", "Anna", "age", "41"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFound(String delimiterOfFile) throws IOException {
        String file = "name,age,notes\nAnna,41,\"hello, you; there\"\nBo,7,x\n".replace(",", delimiterOfFile);

        assertThat(read(file)).hasSize(2).allMatch(row -> row.problem() == null);
    }

    @Test
    void aTextWithCommasDoesNotHideTheSemicolons() throws IOException {
        List<Row> rows = read("name;notes\nAnna;a, b, c\nBo;d, e, f\n");

        assertThat(rows.get(1).values()).isEqualTo(Map.of("name", "Bo", "notes", "d, e, f"));
    }

    @Test
    void theDelimiterThatTheCallerNamesIsTaken() throws IOException {
        delimiter = "tab";
        assertThat(read("name\tnotes,x\nAnna\ty\n").get(0).values()).containsEntry("name", "Anna");

        delimiter = "::";
        assertThatThrownBy(() -> read("name\n")).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\r\nname;age\r\nAnna;41\r\n",
                "\"sep=;\"\nname;age\nAnna;41\n",
                "SEP=;\rname;age\rAnna;41\r"
            })
    void excelsSepLineNamesTheDelimiterAndIsNoRow(String file) throws IOException {
        List<Row> rows = read(file);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).isEqualTo(Map.of("name", "Anna", "age", "41"));
        assertThat(rows.get(0).number()).isEqualTo(3);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("windows-1256", "مريم احمدي"),
                arguments("Big5", "王小明陳怡君"),
                arguments("UTF-16LE", "Renée"),
                arguments("UTF-16BE", "王小明"),
                arguments("UTF-8", "مریم"),
                arguments("Shift_JIS", "やまだたろうカタカナ"),
                arguments("windows-1252", "Müller"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void textIsReadInTheCharsetOfTheFile(String charsetOfFile, String name) throws IOException {
        byte[] file = ("name,notes\r\n" + name + "," + name + "\r\n").getBytes(Charset.forName(charsetOfFile));

        CsvSource source = source(file);

        assertThat(source.findings()).containsEntry("charset", charsetOfFile);
        assertThat(rows(source).get(0).values()).containsEntry("name", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkIsNoPartOfTheFirstHeader(String charsetOfFile) throws IOException {
        byte[] file = "\ufeffname,age\r\nAnna,41\r\n".getBytes(Charset.forName(charsetOfFile));

        assertThat(rows(source(file)).get(0).values()).isEqualTo(Map.of("name", "Anna", "age", "41"));
    }

    @Test
    void theCharsetThatTheCallerNamesIsTaken() throws IOException {
        charset = "windows-1251";
        byte[] file = "name\r\nИван\r\n".getBytes(Charset.forName("windows-1251"));

        assertThat(rows(source(file)).get(0).values()).containsEntry("name", "Иван");
    }

    @Test
    void bytesThatAreNotOfTheCharsetAreNotGuessed() throws IOException {
        charset = "utf-8";
        byte[] file = "name\r\nMüller\r\nAnna\r\n".getBytes(StandardCharsets.ISO_8859_1);

        List<Row> rows = rows(source(file));

        assertThat(rows).extracting(Row::problem).containsExactly("csv.undecodable", null);
    }

    @Test
    void aRowThatIsTooShortHasNoMoreValues() throws IOException {
        List<Row> rows = read("name,age,notes\nAnna\nBo,7\n");

        assertThat(rows).extracting(Row::problem).containsOnlyNulls();
        assertThat(rows.get(0).values()).isEqualTo(Map.of("name", "Anna"));
    }

    @Test
    void aRowThatIsTooLongIsRefusedUnlessNothingStandsInTheRest() throws IOException {
        List<Row> rows = read("name,age\nAnna,41,,\nBo,7,surplus\nCy,8\n");

        assertThat(rows).extracting(Row::problem).containsExactly(null, "csv.tooManyValues", null);
        assertThat(rows.get(1).raw()).isEqualTo("Bo,7,surplus");
    }

    @Test
    void aQuoteThatIsNeverClosedIsHandedBackWithAllThatFollows() throws IOException {
        List<Row> rows = read("name,notes\nAnna,fine\nBo,\"open\nCy,lost?\n");

        assertThat(rows).extracting(Row::problem).containsExactly(null, "csv.unclosedQuote");
        assertThat(rows.get(1).number()).isEqualTo(3);
        assertThat(rows.get(1).raw()).isEqualTo("Bo,open\nCy,lost?\n");
    }

    @Test
    void aQuoteThatIsNeverClosedInAHugeFileIsToldWhereItStands() throws IOException {
        String file = "name,notes\nAnna,fine\nBo,\"open\n" + "Cy,lost\n".repeat(2_200_000);

        List<Row> rows = read(file);

        assertThat(rows).extracting(Row::problem).containsExactly(null, "csv.unreadable");
        assertThat(rows.get(1).number()).isEqualTo(3);
    }

    @Test
    void quotesWithinATextAreText() throws IOException {
        List<Row> rows = read("name,notes\nAnna,5\" pipe\nBo,\"say \"\"hi\"\"\"\nCy,\"ab\"cd\n");

        assertThat(rows).extracting(row -> row.values().get("notes")).containsExactly("5\" pipe", "say \"hi\"", "abcd");
    }

    @Test
    void aValueMayHaveSeveralLines() throws IOException {
        List<Row> rows = read("name,notes\r\nAnna,\"one\r\ntwo\"\r\nBo,x\r\n");

        assertThat(rows.get(0).values()).containsEntry("notes", "one\r\ntwo");
        assertThat(rows.get(1).number()).isEqualTo(4);
    }

    @Test
    void twoHundredColumnsAreRead() throws IOException {
        String headers = "name," + String.join(",", numbers("column ", 199));
        String values = "Anna," + String.join(",", numbers("value ", 199));

        List<Row> rows = read(headers + "\n" + values + "\n");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).isEqualTo(Map.of("name", "Anna"));
        assertThat(rows.get(0).unused()).hasSize(199).contains("column 0", "column 198");
    }

    @Test
    void whatHasNoPlaceIsTold() throws IOException {
        List<Row> rows = read("name,shoe size\nAnna,41\nBo,\n");

        assertThat(rows.get(0).unused()).containsExactly("shoe size");
        assertThat(rows.get(1).unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ufeff", "\n\n\n", " , ,\n", "sep=;\n"})
    void anEmptyFileIsTold(String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(Invalid.class, problem -> assertThat(problem.code())
                .isEqualTo("csv.empty"));
    }

    @Test
    void aFileWithNothingButHeadersHasNoRows() throws IOException {
        assertThat(read("name,age\n")).isEmpty();
        assertThat(read("name,age")).isEmpty();
    }

    @Test
    void emptyLinesAreNoRows() throws IOException {
        assertThat(read("name,age\n\n,\n  , \nAnna,41\n\n")).hasSize(1);
    }

    @Test
    void aZeroByteIsLeftForTheRulesOfTheRecordToRefuse() throws IOException {
        List<Row> rows = read("name,age\nAn\0na,41\nBo,7\n");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).values()).containsEntry("name", "An\0na");
    }

    @Test
    void headersThatAreTheSameOrMissingGetANumber() throws IOException {
        CsvSource source = source(bytes("name,note,note,,note,\nAnna,a,b,c,d,e\n"));

        assertThat(source.columns()).containsExactly("name", "note", "note 2", "#4", "note 3", "#6");
        assertThat(rows(source).get(0).unused()).containsExactly("note", "note 2", "#4", "note 3", "#6");
    }

    @Test
    void theApostropheThatGuardsAgainstFormulasIsTakenOff() throws IOException {
        List<Row> rows = read("name,notes\n'=1+1,'quoted'\n'+44 20,it's\n");

        assertThat(rows.get(0).values()).isEqualTo(Map.of("name", "=1+1", "notes", "'quoted'"));
        assertThat(rows.get(1).values()).isEqualTo(Map.of("name", "+44 20", "notes", "it's"));
    }

    @Test
    void whatTheCallerSaysAboutColumnsGoesFirst() throws IOException {
        mapping = new LinkedHashMap<>();
        mapping.put("who", "name");
        mapping.put("notes", null);
        mapping.put("mail", "emails[1].address");

        List<Row> rows = read("who,notes,mail\nAnna,x,a@b.example\n");

        assertThat(rows.get(0).values())
                .isEqualTo(Map.of("name", "Anna", "emails", List.of(Map.of("address", "a@b.example"))));
        assertThat(rows.get(0).unused()).containsExactly("notes");
    }

    @Test
    void columnsAndPlacesThatDoNotExistAreTold() {
        mapping = Map.of("nobody", "name");
        assertThatThrownBy(() -> read("who\nAnna\n")).hasMessageContaining("import.unknownColumn");

        for (String place : List.of("shoes", "emails.shoes", "secret", "summary", "name.first", "na me", "createdAt")) {
            mapping = Map.of("who", place);
            assertThatThrownBy(() -> read("who\nAnna\n")).as(place).hasMessageContaining("import.unknownField");
        }
    }

    @Test
    void theDayAndTheMonthAreToldApartByTheOtherRows() throws IOException {
        List<Row> days = read("name,birthday\nAnna,3/4/1990\nBo,25/4/1990\n");
        List<Row> months = read("name,birthday\nAnna,3/4/1990\nBo,4/25/1990\n");

        assertThat(days.get(0).values()).containsEntry("birthday", "1990-04-03");
        assertThat(months.get(0).values()).containsEntry("birthday", "1990-03-04");
    }

    private List<Row> read(String file) throws IOException {
        return rows(source(bytes(file)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Row> rows(CsvSource source) throws IOException {
        List<Row> rows = new ArrayList<>();
        source.read((row, cells) -> rows.add(row));
        return rows;
    }

    private CsvSource source(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("file.csv"), file);
        ImportRequest request = new ImportRequest(
                "person", "file.csv", "csv", Collections.unmodifiableMap(mapping), null, false, charset, delimiter);
        return new CsvSource(path, request, Person.TYPE, Person.labels(), Caller.system(1), in -> in);
    }

    private static List<String> numbers(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
    }
}
