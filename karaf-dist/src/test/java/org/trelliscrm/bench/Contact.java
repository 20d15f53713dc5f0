// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A person or an organisation of the bench: what a client would send of it. {@link Rows} tells how it is stored. */
record Contact(
        boolean isOrganization,
        String name,
        String given,
        String middle,
        String family,
        String email,
        String phone,
        String city,
        Long organization,
        String organizationName,
        String jobTitle,
        String language,
        String source,
        String lifecycle,
        List<String> tags,
        Dataset.Owner owner) {

    private static final List<String> TITLES =
            List.of("Buyer", "Managing Director", "Head of Purchasing", "Accountant", "Engineer", "Office Manager");
    private static final List<String> SOURCES = List.of("web", "trade fair", "referral", "cold call");
    private static final List<String> LIFECYCLES = List.of("lead", "prospect", "customer", "former");
    private static final List<String> TAGS = List.of("felt", "newsletter", "press", "retail", "vip", "wholesale");
    private static final int DOMAINS = 200;

    static Contact organization(int number, Dataset.Owner owner, SplittableRandom random) {
        Script script = any(List.of(Script.values()), random);
        String name = any(script.companies, random) + " " + any(script.companies, random) + " " + (number + 1);
        return new Contact(
                true,
                name,
                null,
                null,
                null,
                "office@company" + number + ".example",
                phone(script, random),
                script.city,
                null,
                null,
                null,
                script.language,
                any(SOURCES, random),
                any(LIFECYCLES, random),
                tags(random),
                owner);
    }

    static Contact individual(
            int number, Dataset.Owner owner, SplittableRandom random, long organization, String organizationName) {
        Script script = any(List.of(Script.values()), random);
        String[] given = any(script.given, random).split("/");
        String[] family = any(script.family, random).split("/");
        String middle = script.isEastAsian() || random.nextInt(2) == 0
                ? null
                : any(script.given, random).split("/")[0];
        return new Contact(
                false,
                script.isEastAsian()
                        ? family[0] + given[0]
                        : given[0] + " " + (middle == null ? "" : middle + " ") + family[0],
                given[0],
                middle,
                family[0],
                given[1] + "." + family[1] + number + "@mail" + number % DOMAINS + ".example",
                phone(script, random),
                null,
                organization,
                organizationName,
                any(TITLES, random),
                script.language,
                any(SOURCES, random),
                any(LIFECYCLES, random),
                tags(random),
                owner);
    }

    private static <T> T any(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }

    private static String phone(Script script, SplittableRandom random) {
        int numbers = (int) Math.pow(10, script.phoneDigits);
        return script.phonePrefix
                + String.valueOf(numbers + random.nextInt(numbers)).substring(1);
    }

    private static List<String> tags(SplittableRandom random) {
        TreeSet<String> tags = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.add(any(TAGS, random));
        }
        return List.copyOf(tags);
    }

    /** The key under which the engine finds the name. */
    String nameKey() {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{Cf}", "");
    }

    /** As a client sends it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", isOrganization ? "organization" : "individual");
        if (isOrganization) {
            json.put("name", name);
            json.put("addresses", List.of(Map.of("city", city, "label", "work")));
        } else {
            json.put("givenName", given);
            json.put("middleName", middle);
            json.put("familyName", family);
            json.put("positions", List.of(Map.of("organization", Ids.toText(organization), "title", jobTitle)));
        }
        json.put("emails", List.of(Map.of("address", email, "label", "work")));
        json.put("phones", List.of(Map.of("number", phone, "label", "mobile")));
        json.put("language", language);
        json.put("source", source);
        json.put("lifecycle", lifecycle);
        json.put("tags", tags);
        return json;
    }

    /** The same, working for another organisation. */
    Contact at(Long employer, String employerName) {
        return new Contact(
                isOrganization,
                name,
                given,
                middle,
                family,
                email,
                phone,
                city,
                employer,
                employerName,
                jobTitle,
                language,
                source,
                lifecycle,
                tags,
                owner);
    }

    /** The same, reached by another address. */
    Contact reachedBy(String address) {
        return new Contact(
                isOrganization,
                name,
                given,
                middle,
                family,
                address,
                phone,
                city,
                organization,
                organizationName,
                jobTitle,
                language,
                source,
                lifecycle,
                tags,
                owner);
    }

    byte[] body() {
        try {
            return Rest.JSON.writeValueAsBytes(json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
