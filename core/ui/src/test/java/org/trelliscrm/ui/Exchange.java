// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request to a servlet and its answer, without a container. */
final class Exchange {

    private final String method;
    private final String address;
    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = HttpServletResponse.SC_OK;

    private Exchange(String method, String address) {
        this.method = method;
        this.address = address;
    }

    /** A request for an address as the container has decoded it. */
    static Exchange of(String method, String address) {
        return new Exchange(method, address);
    }

    Exchange with(String header, String value) {
        sent.put(header, value);
        return this;
    }

    Exchange answeredBy(HttpServlet servlet) {
        try {
            servlet.service(request(), response());
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    int status() {
        return status;
    }

    @Nullable
    String header(String name) {
        return answered.get(name);
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private HttpServletRequest request() {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            // A servlet with the pattern "/" is told the whole address as its own path.
            case "getServletPath" -> address;
            case "getPathInfo" -> null;
            case "getHeader" -> sent.get((String) arguments[0]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private HttpServletResponse response() {
        return fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> answered.put("Content-Length", arguments[0].toString());
            case "getOutputStream" -> new Output();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answer {
        @Nullable
        Object of(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = answer.of(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private final class Output extends ServletOutputStream {

        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
