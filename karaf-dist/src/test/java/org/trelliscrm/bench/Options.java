// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** What the command line asks for. */
final class Options {

    boolean postgresql;
    int contacts = 100_000;
    long seed = 1;
    int starts = 3;
    Duration warmup = Duration.ofSeconds(20);
    Duration measured = Duration.ofSeconds(10);
    int importRows = -1;
    String only = "";
    Path out;
    Path jfr;

    private Options() {}

    static Options parse(List<String> words) {
        Options options = new Options();
        Iterator<String> word = words.iterator();
        while (word.hasNext()) {
            options.take(word.next(), word);
        }
        if (options.contacts < 100 || options.starts < 1) {
            throw new IllegalArgumentException("--contacts must be 100 or more, --starts 1 or more");
        }
        if (options.jfr != null && options.only.isEmpty()) {
            throw new IllegalArgumentException("--jfr records one line of the table: name it by --only");
        }
        if (!options.only.isEmpty() && !Operation.titles().contains(options.only)) {
            throw new IllegalArgumentException("--only takes one of " + String.join(", ", Operation.titles()));
        }
        if (options.importRows < 0) {
            options.importRows = Math.min(50_000, options.contacts / 2);
        }
        return options;
    }

    private void take(String name, Iterator<String> rest) {
        switch (name) {
            case "--postgresql" -> postgresql = true;
            case "--contacts" -> contacts = Integer.parseInt(value(name, rest));
            case "--seed" -> seed = Long.parseLong(value(name, rest));
            case "--starts" -> starts = Integer.parseInt(value(name, rest));
            case "--warmup" -> warmup = seconds(value(name, rest));
            case "--seconds" -> measured = seconds(value(name, rest));
            case "--import-rows" -> importRows = Integer.parseInt(value(name, rest));
            case "--only" -> only = value(name, rest);
            case "--out" -> out = Path.of(value(name, rest));
            case "--jfr" -> jfr = Path.of(value(name, rest)).toAbsolutePath();
            default -> throw new IllegalArgumentException("there is no option " + name);
        }
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return rest.next();
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
}
