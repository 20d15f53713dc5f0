// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServletTest {

    private final PageServlet servlet = new PageServlet(PageBundle.context());

    @Test
    void thePageStandsAtTheRoot() {
        Exchange exchange = Exchange.of("GET", "/").answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(exchange.body()).startsWith("<!doctype html>").contains("<title>Trellis CRM</title>");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/main.js, text/javascript; charset=utf-8",
        "/ui/page.css, text/css; charset=utf-8",
        "/ui/icon.svg, image/svg+xml",
        "/ui/texts/zh-TW.json, application/json"
    })
    void aFileIsHandedOutAsWhatItIs(String address, String mediaType) {
        Exchange exchange = Exchange.of("GET", address).answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.header("Content-Type")).isEqualTo(mediaType);
        assertThat(exchange.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/",
                "/ui/texts",
                "/ui/texts/",
                "/ui/index.html",
                "/ui/nothing.js",
                "/ui/../pom.xml",
                "/ui/../page/main.js",
                "/ui/texts/../main.js",
                "/ui/./main.js",
                "/ui//main.js",
                "/ui/%2e%2e/META-INF/MANIFEST.MF",
                "/ui/..\\main.js",
                "/ui/MAIN.JS",
                "/ui/main.js/",
                "/ui/main.js\0.css",
                "/ui/main.js;x=1",
                "/ui/META-INF/MANIFEST.MF",
                "/ui/org/trelliscrm/ui/PageServlet.class"
            })
    void nothingElseCanBeHad(String address) {
        Exchange exchange = Exchange.of("GET", address).answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(404);
        assertThat(exchange.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui/main.js", "/ui/nothing"})
    void everyAnswerForbidsWhatThePageDoesNotNeed(String address) {
        Exchange exchange = Exchange.of("GET", address).answeredBy(servlet);

        assertThat(exchange.header("Content-Security-Policy"))
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                                + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(exchange.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(exchange.header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void aFileThatTheBrowserHasIsNotSentAgain(String known) {
        String tag = Exchange.of("GET", "/").answeredBy(servlet).header("ETag");

        Exchange exchange = Exchange.of("GET", "/")
                .with("If-None-Match", known.formatted(tag))
                .answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(304);
        assertThat(exchange.header("ETag")).isEqualTo(tag).matches("\"[0-9a-f]{24}\"");
        assertThat(exchange.body()).isEmpty();
    }

    @Test
    void aFileThatHasChangedIsSentAnew() {
        Exchange exchange =
                Exchange.of("GET", "/").with("If-None-Match", "\"older\"").answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body()).isNotEmpty();
    }

    @Test
    void headTellsTheLengthButSendsNothing() {
        int length =
                Exchange.of("GET", "/ui/main.js").answeredBy(servlet).body().getBytes(StandardCharsets.UTF_8).length;

        Exchange exchange = Exchange.of("HEAD", "/ui/main.js").answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.header("Content-Length")).isEqualTo(Integer.toString(length));
        assertThat(exchange.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void nothingCanBeDoneToIt(String method) {
        Exchange exchange = Exchange.of(method, "/").answeredBy(servlet);

        assertThat(exchange.status()).isEqualTo(405);
        assertThat(exchange.header("Allow")).isEqualTo("GET, HEAD");
    }
}
