// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts.vcard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.trelliscrm.api.transfer.RecordFormat;

/** Contacts in the format of phones and mail programs. */
@Component
public final class VCardFormat implements RecordFormat {

    @Override
    public String name() {
        return "vcard";
    }

    @Override
    public String mediaType() {
        return "text/vcard";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("vcf");
    }

    @Override
    public Set<String> types() {
        return Set.of("contact");
    }

    @Override
    public void read(InputStream in, Sink sink) throws IOException {
        Cards cards = Cards.in(in);
        for (RawCard card = cards.next(); card != null; card = cards.next()) {
            sink.accept(CardReader.read(card));
        }
    }

    @Override
    public void write(Iterator<Map<String, Object>> records, OutputStream out) throws IOException {
        CardWriter writer = new CardWriter(out);
        while (records.hasNext()) {
            writer.write(records.next());
        }
        writer.flush();
    }
}
