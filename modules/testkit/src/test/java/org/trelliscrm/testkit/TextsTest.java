// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextsTest {

    private final Texts texts = new Texts();

    @Test
    void completeTextsAreRight() {
        texts.add("en", "module.name=Visits\nproblem.visit.late={name} is late");
        texts.add("cy", "module.name=Ymweliadau\nproblem.visit.late=Mae {name} yn hwyr");
        texts.add("mn", "module.name=Айлчлал\nproblem.visit.late={name} хоцорсон");
        texts.add("zh-TW", "module.name=拜訪\nproblem.visit.late={name} 遲到了");
        texts.add("fa", "module.name=بازدیدها\nproblem.visit.late={name} دیر کرده است");

        assertThat(problems("module.name", "problem.visit.late")).isEmpty();
    }

    @Test
    void aMissingLanguageIsFound() {
        texts.add("en", "module.name=Visits");
        texts.add("cy", null);

        assertThat(problems("module.name")).containsExactly("messages_cy.properties is missing");
    }

    @Test
    void aMissingAndABlankTextAreFound() {
        texts.add("en", "module.name=Visits\ntype.visit=Visit");
        texts.add("cy", "module.name=");

        assertThat(problems("module.name", "type.visit"))
                .containsExactly("messages_cy.properties lacks module.name", "messages_cy.properties lacks type.visit");
    }

    @Test
    void aTextThatNothingAsksForIsFound() {
        texts.add("en", "module.name=Visits\nfield.visit.old=Old");

        assertThat(problems("module.name"))
                .containsExactly("messages_en.properties has field.visit.old, which nothing asks for");
    }

    @Test
    void textsOfTheModulesOwnMustBeInAllLanguages() {
        texts.add("en", "visit.greeting=Hello");
        texts.add("cy", "");

        assertThat(problems()).containsExactly("messages_cy.properties lacks visit.greeting");
    }

    @Test
    void anEnglishTextInAnotherLanguageIsFound() {
        texts.add("en", "type.visit=Visit\nfield.visit.sms=SMS\nfield.visit.model=Model");
        texts.add("cy", "type.visit=Visit\nfield.visit.sms=SMS\nfield.visit.model=Model");

        assertThat(problems("type.visit", "field.visit.sms", "field.visit.model"))
                .containsExactly("messages_cy.properties: type.visit is not translated: Visit");
    }

    @Test
    void aTextInAnotherScriptIsFound() {
        texts.add("en", "type.visit=Visit");
        texts.add("mn", "type.visit=Uulzalt");

        assertThat(problems("type.visit"))
                .containsExactly("messages_mn.properties: type.visit is not translated: Uulzalt");
    }

    @Test
    void aPlaceholderThatTheTranslationLostIsFound() {
        texts.add("en", "problem.visit.late={name} is late");
        texts.add("cy", "problem.visit.late=Mae {enw} yn hwyr");

        assertThat(problems("problem.visit.late")).hasSize(1).first().asString().contains("other placeholders");
    }

    @Test
    void aKeyThatStandsTwiceIsFound() {
        texts.add("en", "type.visit=Visit\ntype.visit=Call");

        assertThat(problems("type.visit")).containsExactly("messages_en.properties has type.visit twice");
    }

    private List<String> problems(String... expected) {
        return texts.problems(Set.of(expected), Set.of(), "visit.", Set.of("Model"));
    }
}
