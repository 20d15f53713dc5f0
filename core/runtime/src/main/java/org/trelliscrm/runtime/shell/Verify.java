// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.runtime.feed.AuditVerification;
import org.trelliscrm.runtime.feed.AuditVerification.Finding;

/** {@code crm:verify}. */
@Service
@Command(scope = "crm", name = "verify", description = "Checks that nobody has tampered with the record of all changes")
public class Verify implements Action {

    @Reference
    private @Nullable AuditVerification verification;

    @Override
    public @Nullable Object execute() throws Exception {
        Finding finding = Objects.requireNonNull(verification).verify((done, total) -> true);
        String place = "change " + finding.position() + ", hash " + finding.hash();
        if (finding.fault() != null) {
            throw new Exception("TAMPERED WITH: change " + finding.faultAt() + " is "
                    + finding.fault().text() + "; the record holds up to " + place);
        }
        System.out.println("intact, from change " + (finding.chainedAfter() + 1) + " to " + place);
        return null;
    }
}
