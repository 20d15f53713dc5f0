// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.List;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.DomainValidator.ArrayType;
import org.apache.commons.validator.routines.DomainValidator.Item;
import org.apache.commons.validator.routines.EmailValidator;

/** Tells whether a text can be an e-mail address: its form, and a top-level domain that exists or is used within houses. */
final class EmailSyntax {

    /** Names that nobody can register, so networks of companies, tests and examples use them. */
    private static final String[] WITHIN_HOUSES = {"example", "test", "local", "corp", "home", "internal", "lan", "mail"
    };

    private static final EmailValidator VALIDATOR = validator();

    private EmailSyntax() {}

    static boolean isValid(String address) {
        return VALIDATOR.isValid(address);
    }

    private static EmailValidator validator() {
        boolean allowLocal = true;
        DomainValidator domains =
                DomainValidator.getInstance(allowLocal, List.of(new Item(ArrayType.GENERIC_PLUS, WITHIN_HOUSES)));
        return new EmailValidator(allowLocal, false, domains);
    }
}
