// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trelliscrm.api.job.Job;
import org.trelliscrm.api.job.JobContext;
import org.trelliscrm.api.transfer.RecordFormat;
import org.trelliscrm.runtime.data.TypeInfo;
import org.trelliscrm.runtime.feed.ChangeSets;
import org.trelliscrm.runtime.records.BulkRecords;
import org.trelliscrm.runtime.records.TypeRegistry;
import org.trelliscrm.runtime.rest.Problems;
import org.trelliscrm.runtime.texts.Texts;

/** Imports an uploaded file. Its outcome accounts for every row, its file {@code rejected.csv} hands back those refused. */
@Component(service = Job.class)
public class ImportJob implements Job {

    static final String KIND = "import";

    private static final Logger LOG = LoggerFactory.getLogger(ImportJob.class);

    private final BulkRecords records;
    private final ChangeSets changeSets;
    private final TypeRegistry types;
    private final RecordFormats formats;
    private final Texts texts;
    private final Problems problems;

    @Activate
    public ImportJob(
            @Reference BulkRecords records,
            @Reference ChangeSets changeSets,
            @Reference TypeRegistry types,
            @Reference RecordFormats formats,
            @Reference Texts texts,
            @Reference Problems problems) {
        this.records = records;
        this.changeSets = changeSets;
        this.types = types;
        this.formats = formats;
        this.texts = texts;
        this.problems = problems;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> run(JobContext context) throws IOException {
        ImportRequest request = ImportRequest.of(context.input());
        TypeInfo type = types.require(request.type(), context.caller().tenant()).info();
        Path file = context.folder().resolve(ImportRequest.FILE);
        Optional<RecordFormat> format = formats.named(request.format(), type.name());
        RowSource source = source(request, type, format, file, context);
        String key = request.key() == null ? Presets.of(type).key() : request.key();
        Tally tally = new Tally();
        changeSets.open(
                context.caller(),
                context.id(),
                KIND,
                Map.of("type", type.name(), "file", request.fileName()),
                context.id());
        try (RejectedRows rejected = new RejectedRows(context.folder(), source.columns())) {
            Reasons reasons = new Reasons(type.name(), context.caller().locale(), texts, problems);
            Importer importer =
                    new Importer(records, type, context, key, request.skipMatches(), reasons, rejected, tally);
            source.read(importer);
            importer.flush();
        } catch (Importer.Cancelled e) {
            LOG.info("import cancelled; what has been written stays, and the outcome tells how much that is");
        } finally {
            changeSets.close(context.id());
            if (tally.hasRejected()) {
                context.offer(RejectedRows.FILE, RejectedRows.MEDIA_TYPE);
            }
        }
        Files.deleteIfExists(file);
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("type", type.name());
        outcome.put("format", request.format());
        outcome.put("key", key);
        outcome.putAll(tally.json(format.isPresent() ? "unused" : "unmapped"));
        outcome.putAll(source.findings());
        return outcome;
    }

    private RowSource source(
            ImportRequest request, TypeInfo type, Optional<RecordFormat> format, Path file, JobContext context)
            throws IOException {
        long size = Files.size(file);
        context.progress(0, size);
        return format.isPresent()
                ? new FormatSource(format.get(), file, in -> new Meter(in, size, context))
                : new CsvSource(
                        file,
                        request,
                        type,
                        new FieldLabels(type, texts::find),
                        context.caller(),
                        in -> new Meter(in, size, context));
    }

    /** Tells the progress of an import by the bytes that have been read. */
    private static final class Meter extends FilterInputStream {
        private final long size;
        private final JobContext context;
        private long done;

        Meter(InputStream in, long size, JobContext context) {
            super(in);
            this.size = size;
            this.context = context;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            tell(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            tell(Math.max(read, 0));
            return read;
        }

        private void tell(int more) {
            done += more;
            context.progress(Math.min(done, size), size);
        }
    }
}
