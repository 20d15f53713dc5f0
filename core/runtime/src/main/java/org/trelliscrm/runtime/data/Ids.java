// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the ids of records: 64 bits, sorted by time, without asking the database. As text they are 13 characters of
 * Crockford's base 32, since JSON numbers end at 53 bits.
 */
@Component(service = Ids.class)
public class Ids {

    private static final int NODE_BITS = 10;

    private final TsidFactory factory;

    @Activate
    public Ids(@Reference Clock clock) {
        // Two nodes of a cluster with the same number would also have to hit the same millisecond and counter, which
        // itself starts at random; the primary key refuses that one in billions.
        int node = new SecureRandom().nextInt(1 << NODE_BITS);
        factory = TsidFactory.builder()
                .withNodeBits(NODE_BITS)
                .withNode(node)
                .withClock(clock)
                .withRandom(new SecureRandom())
                .build();
    }

    /** A new id, larger than those made before by this node. */
    public long next() {
        return factory.create().toLong();
    }

    /** How an id stands in JSON. */
    public static String toText(long id) {
        return Tsid.from(id).toLowerCase();
    }

    /** The id behind a text; empty if it is none. */
    public static OptionalLong fromText(String text) {
        return Tsid.isValid(text)
                ? OptionalLong.of(Tsid.from(text.toUpperCase(Locale.ROOT)).toLong())
                : OptionalLong.empty();
    }

    /** The text of the id in a column, told in SQL that every database understands: where texts refer to ids. */
    public static String toTextInSql(String column) {
        StringBuilder text = new StringBuilder();
        for (int shift = 60; shift >= 0; shift -= 5) {
            text.append(shift == 60 ? "" : " || ")
                    .append("substr('0123456789abcdefghjkmnpqrstvwxyz', cast(mod(")
                    .append(column)
                    .append(" / ")
                    .append(1L << shift)
                    .append(", 32) as int) + 1, 1)");
        }
        return text.toString();
    }
}
