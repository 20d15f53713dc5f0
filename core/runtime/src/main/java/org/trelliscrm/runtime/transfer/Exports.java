// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.access.Caller;
import org.trelliscrm.api.access.FieldAccess;
import org.trelliscrm.api.record.ListQuery;
import org.trelliscrm.api.record.Page;
import org.trelliscrm.api.transfer.RecordFormat;
import org.trelliscrm.runtime.data.FieldInfo;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.records.RecordService;
import org.trelliscrm.runtime.records.TypeRegistry;

/** Writes whole lists as files, page by page, as far as the right {@code <type>:export} reaches. */
@Component(service = Exports.class)
public class Exports {

    private static final String VERB = "export";

    private final RecordService records;
    private final TypeRegistry types;
    private final RecordFormats formats;

    @Activate
    public Exports(@Reference RecordService records, @Reference TypeRegistry types, @Reference RecordFormats formats) {
        this.records = records;
        this.types = types;
        this.formats = formats;
    }

    /** What an export is called. */
    public record Target(String mediaType, String fileName) {}

    /**
     * What an export will be, after it is sure that there will be one: later, when the first bytes are out, a refusal could
     * not be told any more.
     */
    public Target target(Caller caller, ListQuery query, String format) {
        TypeInfo type = types.require(query.type(), caller.tenant()).info();
        Optional<RecordFormat> found = formats.named(format, type.name());
        records.list(caller, whole(caller, type, query, 1), VERB);
        return found.map(one -> new Target(
                        one.mediaType(),
                        type.collection() + "." + one.extensions().iterator().next()))
                .orElseGet(() -> new Target("text/csv; charset=utf-8", type.collection() + ".csv"));
    }

    /** Writes all records of the list, whatever the size of its pages. */
    public void write(Caller caller, ListQuery query, String format, OutputStream out) throws IOException {
        TypeInfo type = types.require(query.type(), caller.tenant()).info();
        ListQuery whole = whole(caller, type, query, ListQuery.MAX_LIMIT);
        Iterator<Map<String, Object>> all = new Pages(caller, whole);
        Optional<RecordFormat> found = formats.named(format, type.name());
        if (found.isPresent()) {
            found.get().write(all, out);
        } else {
            new CsvExport(type, whole.fields()).write(all, out);
        }
    }

    /** Every field that the caller may see, lists too, unless some are named. */
    private static ListQuery whole(Caller caller, TypeInfo type, ListQuery query, int limit) {
        List<String> fields = query.fields().isEmpty()
                ? type.fields().stream()
                        .filter(field -> !field.internal())
                        .filter(field -> caller.rights().field(type.name(), field.ruleName()) != FieldAccess.HIDDEN)
                        .map(FieldInfo::name)
                        .toList()
                : query.fields();
        return new ListQuery(
                type.name(), query.filter(), query.sort(), limit, null, fields, List.of(), query.trash(), false);
    }

    /** The records of a list, page after page. */
    private final class Pages implements Iterator<Map<String, Object>> {
        private final Caller caller;
        private ListQuery query;
        private Iterator<Map<String, Object>> page;
        private @Nullable String next;

        Pages(Caller caller, ListQuery query) {
            this.caller = caller;
            this.query = query;
            this.page = read();
        }

        private Iterator<Map<String, Object>> read() {
            Page read = records.list(caller, query, VERB);
            next = read.next();
            return read.items().iterator();
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && next != null) {
                query = query.after(next);
                page = read();
            }
            return page.hasNext();
        }

        @Override
        public Map<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
