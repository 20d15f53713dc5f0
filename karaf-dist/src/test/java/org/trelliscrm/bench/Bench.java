// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trelliscrm.bench.Dataset.Owner;
import org.trelliscrm.bench.Dataset.Stage;
import org.trelliscrm.bench.Report.Key;
import org.trelliscrm.dist.Installation;

/**
 * One command that anybody can run: installs the distribution, fills it, measures it, and measures its database by itself.
 * {@code karaf-dist/bench/run} starts it.
 */
public final class Bench {

    private static final int[] CLIENTS = {1, 8};
    private static final int MANY = 8;
    private static final Duration LONGEST_IMPORT = Duration.ofMinutes(15);
    private static final Duration LONGEST_INSTALL = Duration.ofMinutes(2);

    /** Of 100 records, how many belong to a user of each team; the first team is the one that is measured. */
    private static final Map<String, Integer> TEAMS = new LinkedHashMap<>();

    static {
        TEAMS.put("North", 60);
        TEAMS.put("South", 20);
        TEAMS.put("East", 12);
        TEAMS.put("West", 8);
    }

    private static final int USERS_PER_TEAM = 2;

    private final Options options;
    private final PrintStream out;
    private final Report report;
    private final Map<User, User.Place> farPlaces = new HashMap<>();

    private Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        report = new Report(options);
    }

    /** Ends with 0 if no request has failed, 1 if some have, 2 if it does not understand what it is told. */
    public static void main(String... words) throws Exception {
        try {
            Options options = Options.parse(List.of(words));
            System.exit(run(options, System.out));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Measures all that is asked for and tells it; returns what the command ends with. */
    static int run(Options options, PrintStream out) throws Exception {
        return new Bench(options, out).run();
    }

    private int run() throws Exception {
        Machine.describe(report);
        Installation installation = new Starts(options, report, out).install();
        try {
            measure(installation);
        } finally {
            installation.stop();
        }
        report.machine("load average after", Machine.load());
        out.println();
        out.println(report.markdown());
        if (options.out != null) {
            report.write(options.out);
            out.println("written to " + options.out);
        }
        List<String> errors = report.errors();
        errors.forEach(error -> out.println("ERROR " + error));
        return errors.isEmpty() ? 0 : 1;
    }

    private void measure(Installation installation) throws Exception {
        Rest admin = new Rest(installation.port(), installation.administrator());
        admin.follow(admin.post("/api/modules/pipeline/install", Map.of()), LONGEST_INSTALL.toNanos());
        List<Stage> stages = stages(admin);
        List<Owner> owners = new ArrayList<>();
        Rest inTeam = people(admin, owners);
        Dataset data = new Dataset(options.seed, options.contacts, owners, stages);
        Likeness likeness = new Likeness(inTeam, owners.get(0));
        likeness.create(options.seed, stages.get(0));
        installation.stop();

        try (RawDatabase database = new RawDatabase(installation.jdbcUrl())) {
            report.machine("database", database.version());
            try (Connection connection = database.connect()) {
                likeness.check(connection);
            }
            fill(database, data);
        }

        List<User> users = List.of(
                User.of("all", admin, owners.get(0), true, data), User.of("team", inTeam, owners.get(0), false, data));
        installation.start();
        requests(installation, data, users);
        ServerProcess.Memory after = new ServerProcess(installation.pid()).memory();
        report.size("memory after the requests", after.resident() + " MB, " + after.heap() + " MB of heap in use");
        installation.stop();

        try (RawDatabase database = new RawDatabase(installation.jdbcUrl())) {
            statements(database, data, users);
        }
    }

    private static List<Stage> stages(Rest admin) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (JsonNode stage : admin.get("/api/stages?sort=sortOrder").get("items")) {
            stages.add(new Stage(
                    Ids.fromText(stage.get("id").asText()),
                    Ids.fromText(stage.get("pipeline").asText()),
                    stage.get("probability").asInt()));
        }
        return stages;
    }

    /** Creates teams and their users; returns the first one, who reaches what is of the own team. */
    private static Rest people(Rest admin, List<Owner> owners) throws IOException {
        List<Map<String, String>> grants = Stream.of("contact", "activity", "deal", "stage_change", "pipeline", "stage")
                .map(type -> Map.of(
                        "type",
                        type,
                        "verb",
                        "*",
                        "scope",
                        type.equals("stage") || type.equals("pipeline") ? "all" : "team"))
                .toList();
        String role = admin.create("roles", Map.of("name", "bench", "grants", grants));
        Rest first = null;
        for (Map.Entry<String, Integer> team : TEAMS.entrySet()) {
            String teamId = admin.create("teams", Map.of("name", team.getKey()));
            for (int i = 0; i < USERS_PER_TEAM; i++) {
                String user = admin.createUser(team.getKey() + i, role, teamId);
                owners.add(new Owner(Ids.fromText(user), Ids.fromText(teamId), team.getValue() / USERS_PER_TEAM));
                first = first == null ? admin.as(user) : first;
            }
        }
        return first;
    }

    private void fill(RawDatabase database, Dataset data) throws Exception {
        long begin = System.nanoTime();
        new Filler(database, out).fill(data);
        report.size(
                "filling",
                Report.seconds(Duration.ofNanos(System.nanoTime() - begin).toMillis()) + " s for "
                        + options.contacts + " contacts, " + data.size(Dataset.Kind.ACTIVITY) + " activities, "
                        + data.size(Dataset.Kind.DEAL) + " deals");
    }

    private boolean isWanted(String what) {
        return options.only.isEmpty() || options.only.equals(what);
    }

    private void requests(Installation installation, Dataset data, List<User> users) throws Exception {
        for (User user : users) {
            User.Place place = user.farPlace();
            farPlaces.put(user, place);
            report.size("far page with the rights " + user.title(), "page " + place.page() + " of 20, by name");
        }
        Requests requests = new Requests(data);
        for (Operation operation : Operation.values()) {
            if (isWanted(operation.title)) {
                requests(new ServerProcess(installation.pid()), requests, operation, users);
            }
        }
        for (User user : users) {
            if (isWanted(Operation.IMPORT)) {
                importFile(new ServerProcess(installation.pid()), data, user);
            }
        }
    }

    private void requests(ServerProcess process, Requests requests, Operation operation, List<User> users)
            throws Exception {
        for (User user : users) {
            // Both ways through the code are warmed up, together as long as told.
            Runner.run(opening(requests, operation, user), MANY, options.warmup.dividedBy(users.size()));
        }
        for (User user : users) {
            for (int clients : CLIENTS) {
                boolean isRecorded = options.jfr != null && user.reachesAll() && clients == MANY;
                Recorded recorded = isRecorded ? record(process) : () -> {};
                Result result = Runner.run(opening(requests, operation, user), clients, options.measured);
                recorded.stop();
                report.server(key(operation, user, clients), result);
                tell("server", operation.title, user, clients, result);
            }
        }
    }

    /** Ends a recording of the server, if there is one. */
    private interface Recorded {
        void stop() throws Exception;
    }

    private Recorded record(ServerProcess process) throws Exception {
        process.startRecording();
        return () -> {
            process.stopRecording(options.jfr);
            out.println("recorded: " + options.jfr);
        };
    }

    private Work.Opening opening(Requests requests, Operation operation, User user) {
        return requests.opening(operation, user, farPlaces.get(user));
    }

    private static Key key(Operation operation, User user, int clients) {
        return new Key(operation.title, user.title(), clients, "requests");
    }

    private static Key importKey(User user) {
        return new Key(Operation.IMPORT, user.title(), 1, "rows");
    }

    private void importFile(ServerProcess process, Dataset data, User user) throws Exception {
        List<Contact> contacts = ContactFile.contacts(data, user, options.importRows, "file-" + user.title());
        byte[] csv = ContactFile.csv(contacts, "file of " + user.title());
        Recorded recorded = options.jfr != null && user.reachesAll() ? record(process) : () -> {};
        long begin = System.nanoTime();
        JsonNode job =
                user.rest().upload("/api/imports", "contacts.csv", csv, ContactFile.FORM, LONGEST_IMPORT.toNanos());
        long nanos = System.nanoTime() - begin;
        recorded.stop();
        Result result = Result.ofRows(contacts.size(), nanos);
        if (!job.get("state").asText().equals("done")
                || job.get("outcome").get("rejected").asInt() > 0) {
            result = new Result(nanos, result.latencies(), Map.of(job.toString(), 1));
        }
        report.server(importKey(user), result);
        tell("server", Operation.IMPORT, user, 1, result);
    }

    private void statements(RawDatabase database, Dataset data, List<User> users) throws Exception {
        Statements statements = new Statements(database, data);
        for (Operation operation : Operation.values()) {
            if (!isWanted(operation.title)) {
                continue;
            }
            for (User user : users) {
                Work.Opening opening = statements.opening(operation, user, farPlaces.get(user));
                Runner.run(opening, MANY, options.warmup.dividedBy(10));
                for (int clients : CLIENTS) {
                    Result result = Runner.run(opening, clients, options.measured);
                    report.raw(key(operation, user, clients), result);
                    tell("raw", operation.title, user, clients, result);
                }
            }
        }
        for (User user : users) {
            if (isWanted(Operation.IMPORT)) {
                List<Contact> contacts = ContactFile.contacts(data, user, options.importRows, "raw-" + user.title());
                Result result = statements.importRows(user, contacts);
                report.raw(importKey(user), result);
                tell("raw", Operation.IMPORT, user, 1, result);
            }
        }
    }

    private void tell(String side, String what, User user, int clients, Result result) {
        out.printf(
                "%s: %s, rights %s, %d clients: %.0f/s, p99 %.1f ms, %d errors%n",
                side,
                what,
                user.title(),
                clients,
                result.perSecond(),
                result.percentileMillis(99),
                result.errorCount());
    }
}
