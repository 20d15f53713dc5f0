// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.record.BaseRecord;
import org.trelliscrm.api.record.Field;
import org.trelliscrm.api.record.Field.Format;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.api.record.RecordType;
import org.trelliscrm.runtime.data.TypeInfo;

/** A record type with a field of every kind, on which import and export are tried. */
@RecordType(name = "person", collection = "people", titleField = "name")
@Entity
@Table(name = "test_person")
class Person extends BaseRecord {

    static final TypeInfo TYPE = new TypeInfo("test", Person.class);

    private static final Map<String, String> TEXTS = Map.of(
            "en field.person.age", "Age in years",
            "fa field.person.name", "نام",
            "en choice.person.lifecycle.customer", "Paying customer",
            "cy choice.person.lifecycle.customer", "Cwsmer");

    @Field(required = true)
    @Nullable
    String name;

    @Field
    @Nullable
    String givenName;

    @Field
    @Nullable
    String familyName;

    @Field
    List<Email> emails = new ArrayList<>();

    @Field
    List<Phone> phones = new ArrayList<>();

    @Field
    List<Address> addresses = new ArrayList<>();

    @Field(indexed = true)
    List<String> tags = new ArrayList<>();

    @Field
    @Nullable
    LocalDate birthday;

    @Field
    @Nullable
    Instant metAt;

    @Field
    @Nullable
    Integer age;

    @Field
    @Nullable
    BigDecimal score;

    @Field
    @Nullable
    Boolean vip;

    @Field
    @Nullable
    Money budget;

    @Field
    @Nullable
    Lifecycle lifecycle;

    @Field(format = Format.MULTILINE, maxLength = 1000)
    @Nullable
    String notes;

    @Field
    @Nullable
    String externalId;

    @Field(references = "person")
    @Nullable
    Long employer;

    @Field(readOnly = true)
    @Nullable
    String summary;

    @Field(internal = true)
    @Nullable
    String secret;

    enum Lifecycle {
        LEAD,
        CUSTOMER
    }

    static class Email {
        @Field(format = Format.EMAIL, indexed = true)
        @Nullable
        String address;

        @Field
        @Nullable
        String label;
    }

    static class Phone {
        @Field(format = Format.PHONE)
        @Nullable
        String number;

        @Field
        @Nullable
        String label;

        @Field
        @Nullable
        Boolean preferred;
    }

    static class Address {
        @Field
        @Nullable
        String label;

        @Field
        @Nullable
        String street;

        @Field(indexed = true)
        @Nullable
        String city;
    }

    static FieldLabels labels() {
        return new FieldLabels(TYPE, Person::text);
    }

    private static Optional<String> text(String key, Locale language) {
        return Optional.ofNullable(TEXTS.get(language.toLanguageTag() + " " + key));
    }
}
