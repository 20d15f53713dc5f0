// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts to addresses that strangers have named, and trusts none of them: the address that was judged is the one that is
 * connected to, since the name is resolved once and by ourselves; no redirect is followed; of the answer a little is read and
 * the rest left; and after some seconds it is over whatever the other side does.
 */
final class Courier implements AutoCloseable {

    private static final int MOST_READ = 64 << 10;
    private static final int MOST_KEPT = 1024;
    private static final int MOST_CONNECTIONS = 64;

    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "crm-webhook-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration patience;

    /**
     * What came back.
     *
     * @param status the HTTP status, or {@code null} if there was no answer
     * @param said the beginning of the answer, or why there was none
     */
    record Answer(@Nullable Integer status, String said) {
        boolean isGood() {
            return status != null && status >= 200 && status < 300;
        }
    }

    /** @param patience how long a delivery may take in all */
    Courier(Supplier<AddressRules> rules, Duration patience) {
        this(rules, patience, SystemDefaultDnsResolver.INSTANCE);
    }

    Courier(Supplier<AddressRules> rules, Duration patience, DnsResolver names) {
        this.patience = patience;
        Timeout step = Timeout.of(patience.dividedBy(2));
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new JudgedNames(rules, names))
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(step)
                                .setSocketTimeout(step)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(step).build())
                // The next delivery is judged anew.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // What is read is counted as it comes.
                .disableContentCompression()
                .setUserAgent("Trellis-CRM")
                .build();
    }

    Answer post(URI target, Map<String, String> headers, byte[] body) {
        HttpPost post = new HttpPost(target);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        // By closing its connection, never by interrupting the thread: it uses the database besides.
        Future<?> end = watch.schedule(post::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, post, null);
            String said = beginning(response.getEntity());
            return new Answer(response.getCode(), said);
        } catch (IOException e) {
            return new Answer(null, post.isCancelled() ? "no answer in " + patience.toSeconds() + " s" : reason(e));
        } finally {
            end.cancel(false);
            // Not closed: that would read the rest of the answer, however long it is.
            post.cancel();
        }
    }

    private static String beginning(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream in = entity.getContent();
        byte[] read = in.readNBytes(MOST_READ);
        // Cut in the middle of a character it ends with a mark that says so; NUL cannot be kept by every database.
        return new String(Arrays.copyOf(read, Math.min(read.length, MOST_KEPT)), StandardCharsets.UTF_8)
                .replace('\0', '\ufffd');
    }

    /** What happened, without how we are built. */
    private static String reason(IOException e) {
        String message = e.getMessage();
        String text = message == null ? e.getClass().getSimpleName() : message;
        return text.substring(0, Math.min(text.length(), MOST_KEPT));
    }

    /** Resolves names, and knows only the addresses that may be reached. */
    private record JudgedNames(Supplier<AddressRules> rules, DnsResolver names) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = names.resolve(host);
            for (InetAddress address : found) {
                // One bad address is enough: an honest name does not lead inside.
                if (!rules.get().mayReach(address)) {
                    throw new UnknownHostException(host + " leads to an address that is never reached");
                }
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
