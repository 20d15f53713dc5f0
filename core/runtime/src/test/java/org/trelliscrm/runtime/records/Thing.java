// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.records;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.api.record.RecordRef;
import org.trelliscrm.api.record.RecordType;

/** A record type with a field of every kind. */
@RecordType(name = "thing", collection = "things", titleField = "name", timeline = "seenAt")
@Entity
@Table(name = "things_thing")
public class Thing extends BaseRecord {

    @Field(required = true, maxLength = 60)
    String name;

    @Field(unique = true, maxLength = 20)
    String code;

    @Field(internal = true, maxLength = 20)
    String secret;

    @Field(min = 0, max = 100)
    Integer size;

    @Field
    BigDecimal weight;

    @Field
    Money price;

    @Field
    Color color = Color.RED;

    @Field
    boolean fragile;

    @Field
    LocalDate builtOn;

    @Field
    LocalTime opensAt;

    @Field
    Instant seenAt;

    @Field(references = "thing")
    Long parent;

    @Field
    RecordRef about;

    @Field(indexed = true, maxLength = 20)
    List<String> tags = new ArrayList<>();

    @Field
    List<Part> parts = new ArrayList<>();

    @Field(indexed = true)
    List<RecordRef> links = new ArrayList<>();

    enum Color {
        RED,
        DARK_BLUE
    }

    /** An item of a list. */
    static class Part {
        @Field(required = true, indexed = true)
        String label;

        @Field(references = "thing")
        Long made;
    }
}
