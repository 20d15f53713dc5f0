// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {

    private final Merge merge = new Merge(Person.TYPE);

    @Test
    void aValueReplacesTheOneThatWasThere() {
        Map<String, Object> patch = merge.patch(Map.of("name", "Anna", "age", 40), Map.of("name", "Anna", "age", 41));

        assertThat(patch).isEqualTo(Map.of("age", 41));
    }

    @Test
    void oneAddressIsOneAddressWhateverItIsLabelled() {
        Map<String, Object> patch = merge.patch(
                Map.of("emails", List.of(Map.of("address", "a@x.example", "label", "home"))),
                Map.of(
                        "emails",
                        List.of(Map.of("address", "A@x.example", "label", "work"), Map.of("address", "b@x.example"))));

        assertThat(patch.get("emails"))
                .isEqualTo(
                        List.of(Map.of("address", "A@x.example", "label", "work"), Map.of("address", "b@x.example")));
    }

    @Test
    void phoneNumbersAreComparedByTheirDigits() {
        Map<String, Object> patch = merge.patch(
                Map.of("phones", List.of(Map.of("number", "+1 (650) 555-0100"))),
                Map.of("phones", List.of(Map.of("number", "+1 650 555 0100"), Map.of("number", "2"))));

        assertThat(patch.get("phones")).isEqualTo(List.of(Map.of("number", "+1 650 555 0100"), Map.of("number", "2")));
    }

    @Test
    void placesInTheSameCityAreNotTheSamePlace() {
        Map<String, Object> here = Map.of("street", "High Street 1", "city", "Cardiff", "label", "home");
        Map<String, Object> there = Map.of("street", "Queen Street 2", "city", "Cardiff");
        Map<String, Object> hereAgain = Map.of("street", "high street 1", "city", "Cardiff");

        assertThat(merge.patch(Map.of("addresses", List.of(here)), Map.of("addresses", List.of(there))))
                .isEqualTo(Map.of("addresses", List.of(here, there)));
        assertThat((List<?>) merge.patch(Map.of("addresses", List.of(here)), Map.of("addresses", List.of(hereAgain)))
                        .get("addresses"))
                .hasSize(1);
    }

    @Test
    void tagsJoinTheOthersOnce() {
        Map<String, Object> patch = merge.patch(Map.of("tags", List.of("a", "b")), Map.of("tags", List.of("B", "c")));

        assertThat(patch).isEqualTo(Map.of("tags", List.of("a", "b", "c")));
    }

    @Test
    void whatIsAllThereAlreadyNeedsNoPatch() {
        Map<String, Object> record = Map.of("name", "Anna", "tags", List.of("a", "b"));

        assertThat(merge.patch(record, Map.of("name", "Anna", "tags", List.of("b"))))
                .isEmpty();
    }
}
