// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import java.util.Set;
import org.trelliscrm.testkit.ModuleRules;

class ContactsRulesTest extends ModuleRules {

    @Override
    protected Set<String> textsAlike() {
        return Set.of("Label", "Person");
    }
}
