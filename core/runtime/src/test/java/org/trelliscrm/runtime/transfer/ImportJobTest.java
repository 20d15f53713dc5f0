// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.transfer.RecordFormat;
import org.trelliscrm.api.transfer.Row;
import org.trelliscrm.runtime.data.DatabaseException;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.jobs.TestTexts;
import org.trelliscrm.runtime.records.TypeRegistry;

class ImportJobTest {

    private static final String REJECTED = "rejected.csv";

    @TempDir
    private Path folder;

    private final FakeRecords records = new FakeRecords();
    private final List<String> offered = new ArrayList<>();
    private final RecordFormats formats = new RecordFormats();
    private final OpenAndClosed changeSets = new OpenAndClosed();
    private boolean cancelled;
    private long done;
    private long total;
    private String key = "emails.address";
    private boolean skip;
    private String format = "csv";
    private ImportJob job;

    @BeforeEach
    void open() {
        formats.addFormat(new Lines());
        TypeRegistry types = new TypeRegistry();
        types.add(List.of(new TypeRegistry.ServingType(Person.TYPE, null, 0)));
        job = new ImportJob(records, changeSets, types, formats, TestTexts.texts(), TestTexts.problems());
    }

    @Test
    void newRowsAreCreatedAndTheOutcomeAccountsForAll() throws Exception {
        Map<String, Object> outcome = run("name,E-mail,shoe size\nAnna,anna@x.example,41\nBo,,\n");

        assertThat(outcome)
                .containsEntry("rows", 2L)
                .containsEntry("created", 2L)
                .containsEntry("updated", 0L)
                .containsEntry("rejected", 0L)
                .containsEntry("unmapped", Map.of("shoe size", 1L))
                .containsEntry("mapping", Map.of("name", "name", "E-mail", "emails[0].address"))
                .containsEntry("preset", "generic")
                .containsEntry("charset", "UTF-8")
                .containsEntry("delimiter", ",")
                .containsEntry("key", "emails.address");
        assertThat(people("name")).containsExactly("Anna", "Bo");
        assertThat(offered).isEmpty();
        assertThat(done).isEqualTo(total).isPositive();
    }

    @Test
    void theSameAddressIsTheSamePersonWhateverItsCase() throws Exception {
        run("name,E-mail,notes\nAnna,anna@x.example,first\n");

        Map<String, Object> outcome = run("name,E-mail,notes\nAnna B.,ANNA@X.example,second\n");

        assertThat(outcome).containsEntry("created", 0L).containsEntry("updated", 1L);
        assertThat(people("name")).containsExactly("Anna B.");
        assertThat(people("notes")).containsExactly("second");
    }

    @Test
    void rowsOfOneFileFindEachOther() throws Exception {
        Map<String, Object> outcome = run("name,E-mail,age\nAnna,anna@x.example,\nAnna,Anna@x.example,41\n");

        assertThat(outcome).containsEntry("created", 1L).containsEntry("updated", 1L);
        assertThat(people("age")).containsExactly("41");
    }

    @Test
    void anUpdateTakesNothingAway() throws Exception {
        run("name,emails[0].address,emails[1].address,notes\nAnna,anna@x.example,a@y.example,keep\n");

        run("name,emails[0].address,emails[0].label,notes\nAnna,anna@x.example,work,\n");

        assertThat(people("notes")).containsExactly("keep");
        assertThat(people("emails"))
                .containsExactly(List.of(
                        Map.of("address", "anna@x.example", "label", "work"), Map.of("address", "a@y.example")));
    }

    @Test
    void aRowThatSaysNothingNewIsSkipped() throws Exception {
        run("name,E-mail\nAnna,anna@x.example\n");

        assertThat(run("name,E-mail\nAnna,anna@x.example\n")).containsEntry("skipped", 1L);
    }

    @Test
    void matchesCanBeSkipped() throws Exception {
        run("name,E-mail\nAnna,anna@x.example\n");
        skip = true;

        Map<String, Object> outcome = run("name,E-mail\nOther,anna@x.example\nBo,bo@x.example\n");

        assertThat(outcome).containsEntry("skipped", 1L).containsEntry("created", 1L);
        assertThat(people("name")).containsExactly("Anna", "Bo");
    }

    @Test
    void withoutAKeyNothingMatches() throws Exception {
        key = "";

        Map<String, Object> outcome = run("name,E-mail\nAnna,anna@x.example\nAnna,anna@x.example\n");

        assertThat(outcome).containsEntry("created", 2L);
        assertThat(records.questions).isZero();
    }

    @Test
    void aRowThatCouldBeTwoPeopleIsNoneOfThem() throws Exception {
        run("name,E-mail\nAnna,anna@x.example\nBo,bo@x.example\n");

        Map<String, Object> outcome = run("name,emails[0].address,emails[1].address\nX,anna@x.example,bo@x.example\n");

        assertThat(outcome).containsEntry("rejected", 1L).containsEntry("updated", 0L);
    }

    @Test
    void anAddressThatIsNoneDoesNotSpoilTheQuestionForTheOthers() throws Exception {
        Map<String, Object> outcome = run("name,E-mail\nAnna,not an address\nBo,bo@x.example\n");

        assertThat(outcome).containsEntry("rejected", 1L).containsEntry("created", 1L);
    }

    @Test
    void rejectedRowsAreHandedBackWithTheReason() throws Exception {
        run("name,age,notes\nAnna,old,=cmd()\nBo,7\nCy,8,x,surplus\n,9,nobody\n");

        String file = Files.readString(folder.resolve(REJECTED));
        assertThat(file).startsWith("\ufeffrow,reason,name,age,notes\r\n2,").contains("Anna,old,'=cmd()\r\n");
        assertThat(file.lines()).hasSize(4);
        assertThat(file).contains("\r\n4,", "Cy,8,x,surplus", "\r\n5,").doesNotContain("Bo");
        assertThat(offered).containsExactly(REJECTED);
        assertThat(people("name")).containsExactly("Bo");
    }

    @Test
    void mendedRowsCanBeImportedAsTheyWereHandedBack() throws Exception {
        run("name,age,notes\nAnna,old,=cmd()\n");

        String mended = Files.readString(folder.resolve(REJECTED)).replace("old", "41");
        Map<String, Object> outcome = run(mended);

        assertThat(outcome).containsEntry("created", 1L).containsEntry("unmapped", Map.of("row", 1L, "reason", 1L));
        assertThat(people("notes")).containsExactly("=cmd()");
    }

    @Test
    void everyReasonIsToldInWords() throws Exception {
        run("name,age,E-mail\nAnna,old,bad\nBo,1,bo@x.example,surplus\n");

        assertThat(Files.readString(folder.resolve(REJECTED)))
                .contains("age: This must be a number", "This is no e-mail address: bad")
                .doesNotContain("problem.", "field.");
    }

    @Test
    void allChangesBelongToTheJob() throws Exception {
        run("name\nAnna\nBo\n");

        assertThat(records.changeSets).containsExactly(77L, 77L);
        assertThat(changeSets.seen).containsExactly("open 77 import {file=x.csv, type=person}", "close 77");
    }

    @Test
    void aValueIsLookedForOnceHoweverOftenItStandsInNeighbouringRows() throws Exception {
        assertThat(run("name,E-mail\n" + "Anna,anna@x.example\n".repeat(100)))
                .containsEntry("created", 1L)
                .containsEntry("skipped", 99L);
        assertThat(records.questions).isEqualTo(1);
    }

    @Test
    void aCancelledImportTellsWhatItHasDone() throws Exception {
        AtomicInteger written = new AtomicInteger();
        records.beforeWrite = () -> cancelled = written.incrementAndGet() >= 3;

        Map<String, Object> outcome = run("name\n" + "Anna\n".repeat(500));

        // What has begun is written together; nothing more is begun.
        assertThat(outcome).containsEntry("created", 200L).containsEntry("rows", 200L);
    }

    @Test
    void aDatabaseThatIsAwayForAMomentIsWaitedFor() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        records.beforeWrite = () -> {
            if (attempts.incrementAndGet() == 2) {
                throw new DatabaseException(new SQLTransientConnectionException("gone", "08006"));
            }
        };

        Map<String, Object> outcome = run("name\nAnna\nBo\nCy\n");

        assertThat(outcome).containsEntry("created", 3L).containsEntry("rejected", 0L);
    }

    @Test
    void aMistakeOfOursRejectsItsRowAndManyEndTheImport() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        records.beforeWrite = () -> {
            // The second row, first among the others and then by itself.
            if (Set.of(2, 4).contains(attempts.incrementAndGet())) {
                throw new IllegalStateException("bug");
            }
        };
        assertThat(run("name\nAnna\nBo\nCy\n")).containsEntry("created", 2L).containsEntry("rejected", 1L);
        assertThat(Files.readString(folder.resolve(REJECTED))).doesNotContain("bug");

        records.beforeWrite = () -> {
            throw new IllegalStateException("bug");
        };
        assertThatThrownBy(() -> run("name\n" + "Anna\n".repeat(500))).hasMessage("bug");
    }

    @Test
    void aKeyThatIsNoFieldIsTold() {
        key = "shoes";
        assertThatThrownBy(() -> run("name\nAnna\n")).hasMessageContaining("import.unknownField");

        key = "name";
        assertThatThrownBy(() -> run("name\nAnna\n")).hasMessageContaining("filter.notIndexed");
    }

    @Test
    void rowsWhoseKeyIsDeletedMeanwhileAreRejectedAndNotLost() throws Exception {
        StringBuilder file = new StringBuilder("name,E-mail\n");
        IntStream.range(0, 250).forEach(i -> file.append("P" + i + ",p" + i + "@x.example\n"));
        records.beforeQuestion = () -> {
            if (records.people.size() == 200) {
                throw new Invalid("filter.unknownField", Map.of("field", "emails.address", "type", "person"));
            }
        };

        Map<String, Object> outcome = run(file.toString());

        assertThat(outcome).containsEntry("created", 200L).containsEntry("rejected", 50L);
        assertThat(Files.readString(folder.resolve(REJECTED))).contains("P249", "\"\"emails.address\"\"");
    }

    @Test
    void theFormatOfAModuleIsReadByTheModule() throws Exception {
        format = "lines";

        Map<String, Object> outcome = run("Anna\n!bad\nBo\n");

        assertThat(outcome)
                .containsEntry("created", 2L)
                .containsEntry("rejected", 1L)
                .containsEntry("unused", Map.of("X-COLOUR", 2L))
                .doesNotContainKey("charset");
        assertThat(Files.readString(folder.resolve(REJECTED))).contains("row,reason,lines", "!bad");
    }

    @Test
    void theFileIsGoneWhenItsRowsAreIn() throws Exception {
        run("name\nAnna\n");

        assertThat(folder.resolve(ImportRequest.FILE)).doesNotExist();
    }

    private List<Object> people(String field) {
        return records.people.values().stream().map(person -> person.get(field)).toList();
    }

    private Map<String, Object> run(String file) throws Exception {
        Files.writeString(folder.resolve(ImportRequest.FILE), file);
        return job.run(new Context());
    }

    /** A job that the test holds in its hands. */
    private final class Context implements JobContext {
        @Override
        public long id() {
            return 77;
        }

        @Override
        public Caller caller() {
            return Caller.system(1).in(Locale.ENGLISH);
        }

        @Override
        public Map<String, Object> input() {
            ImportRequest request = new ImportRequest("person", "x.csv", format, Map.of(), key, skip, "", "");
            return ImportRequest.of(request.json()).json();
        }

        @Override
        public Map<String, Object> state() {
            return Map.of();
        }

        @Override
        public void checkpoint(Map<String, Object> state) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void progress(long nowDone, long nowTotal) {
            done = nowDone;
            total = nowTotal;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void offer(String name, String mediaType) {
            offered.add(name);
        }
    }

    /** Remembers which change sets were opened and closed. */
    private static final class OpenAndClosed implements ChangeSets {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void open(Caller caller, long id, String kind, Map<String, Object> details, @Nullable Long job) {
            seen.add("open " + id + " " + kind + " " + new TreeMap<>(details));
        }

        @Override
        public void close(long id) {
            seen.add("close " + id);
        }
    }

    /** A format with one name a line. */
    static final class Lines implements RecordFormat {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String mediaType() {
            return "text/plain";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("lines");
        }

        @Override
        public Set<String> types() {
            return Set.of("person");
        }

        @Override
        public void read(InputStream in, Sink sink) throws IOException {
            long number = 0;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                number++;
                sink.accept(
                        line.startsWith("!")
                                ? Row.rejected(number, line, "field.notText")
                                : Row.of(number, Map.of("name", line), line, List.of("X-COLOUR")));
            }
        }

        @Override
        public void write(Iterator<Map<String, Object>> all, OutputStream out) throws IOException {
            while (all.hasNext()) {
                out.write((all.next().get("name") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
