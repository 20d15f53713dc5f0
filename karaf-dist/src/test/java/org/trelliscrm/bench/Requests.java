// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.trelliscrm.bench.Dataset.Kind;

/** The operations as requests to the server. */
final class Requests {

    private static final String JSON_BODY = "Content-Type: application/json\r\n";
    private static final String CONTACTS = "/api/contacts";
    private static final byte[] NOTHING = new byte[0];

    private final Dataset data;
    private final AtomicLong sequence = new AtomicLong();
    /** The version that each contact has come to. */
    private final AtomicIntegerArray versions;

    Requests(Dataset data) {
        this.data = data;
        versions = new AtomicIntegerArray(data.size(Kind.CONTACT));
        for (int number = 0; number < versions.length(); number++) {
            versions.set(number, 1);
        }
    }

    Work.Opening opening(Operation operation, User user, User.Place far) {
        return (client, clients) -> new Client(operation, user, far, new Picks(data, user, client, clients));
    }

    private final class Client implements Work {

        private final Operation operation;
        private final User.Place far;
        private final Picks picks;
        private final HttpConnection connection;

        Client(Operation operation, User user, User.Place far, Picks picks) {
            this.operation = operation;
            this.far = far;
            this.picks = picks;
            connection = user.rest().connect();
        }

        @Override
        public void once() throws IOException {
            switch (operation) {
                case FIRST_PAGE -> get("?limit=20");
                case FIRST_PAGE_BY_NAME -> get("?sort=name&limit=20");
                case FAR_PAGE -> get("?sort=name&limit=20&after=" + far.cursor());
                case NAME_CONTAINS -> filter("name contains", picks.part());
                case NAME_STARTS -> filter("name starts", picks.beginning());
                case EMAIL -> filter("email eq", picks.email());
                case READ -> get("/" + id(picks.contact()));
                case CREATE ->
                    send(
                            "POST",
                            CONTACTS,
                            JSON_BODY,
                            picks.newContact(sequence.incrementAndGet()).body());
                case UPDATE_IF_MATCH -> update(true);
                case UPDATE -> update(false);
            }
        }

        private void get(String rest) throws IOException {
            send("GET", CONTACTS + rest, "", NOTHING);
        }

        private void filter(String comparison, String value) throws IOException {
            get("?limit=20&filter=" + URLEncoder.encode(comparison + " \"" + value + "\"", StandardCharsets.UTF_8));
        }

        private String id(int number) {
            return Ids.toText(data.id(Kind.CONTACT, number));
        }

        private void update(boolean ifMatch) throws IOException {
            int number = picks.ownContact();
            String headers = ifMatch ? JSON_BODY + "If-Match: \"" + versions.get(number) + "\"\r\n" : JSON_BODY;
            byte[] body =
                    ("{\"source\":\"bench " + sequence.incrementAndGet() + "\"}").getBytes(StandardCharsets.UTF_8);
            send("PATCH", CONTACTS + "/" + id(number), headers, body);
            versions.incrementAndGet(number);
        }

        private void send(String method, String path, String headers, byte[] body) throws IOException {
            HttpConnection.Response response = connection.send(method, path, headers, body);
            if (response.status() / 100 != 2) {
                throw new IOException(operation.title + ": " + response.status() + " " + response.text());
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
