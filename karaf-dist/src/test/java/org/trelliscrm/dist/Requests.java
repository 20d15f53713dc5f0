// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What tests inside of the framework ask its web server; {@link Api} reads JSON with a library that is not there.
 *
 * @param key the API key to send, or an empty text
 */
record Requests(String key) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Nobody. */
    static Requests withoutKey() {
        return new Requests("");
    }

    HttpResponse<String> get(String path) {
        URI address = URI.create("http://127.0.0.1:" + System.getenv(Container.HTTP_PORT) + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
