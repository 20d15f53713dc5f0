// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.access;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trelliscrm.api.problem.Conflict;
import org.trelliscrm.api.problem.Denied;
import org.trelliscrm.api.record.Changes;
import org.trelliscrm.api.record.RecordHook;
import org.trelliscrm.api.record.RecordTransaction;

/** A key is issued, never written down by hand, and once withdrawn stays so. */
@Component
public final class ApiKeyRules implements RecordHook<ApiKey> {

    private final AccessChanges accessChanges;

    @Activate
    public ApiKeyRules(@Reference AccessChanges accessChanges) {
        this.accessChanges = accessChanges;
    }

    @Override
    public Class<ApiKey> type() {
        return ApiKey.class;
    }

    @Override
    public void beforeSave(ApiKey key, Changes changes, RecordTransaction transaction) {
        if (!key.isIssued()) {
            throw Denied.because("access.keyNotIssued", Map.of());
        }
        if (changes.has("requestsPerMinute") && !new Ceiling(transaction).isOpen()) {
            throw Denied.because("access.limitByAdministrator", Map.of());
        }
        if (changes.isNew()) {
            key.assign(key.user(), null);
            return;
        }
        if (changes.has("revoked") && !key.isRevoked()) {
            throw new Conflict("access.keyRevoked", Map.of());
        }
        if (changes.has("deletedAt")) {
            // To put it into the trash is to withdraw it as well.
            key.revoke();
        }
    }

    @Override
    public void afterSave(ApiKey key, Changes changes, RecordTransaction transaction) {
        accessChanges.happened();
    }

    @Override
    public void beforeTrash(ApiKey key, RecordTransaction transaction) {
        accessChanges.happened();
    }
}
