// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends addresses that no well-behaved client would let out of the house. */
final class RawHttp {

    private RawHttp() {}

    /** The status of the answer; fails if the answer tells how the server is built. */
    static int get(Api api, String path) throws IOException {
        URI base = api.base();
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n");
        api.headers().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        request.append("Connection: close\r\n\r\n");
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Answer.expectNoInsides(answer);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
