// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.module;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.trelliscrm.api.access.Caller;

/**
 * The modules of this installation and their life. Provided by the runtime; used alike by REST, by the web page and by
 * the Karaf shell. Operations run one at a time and ask for the right {@code module:manage}.
 */
@ProviderType
public interface Modules {

    /** All modules that are installed or could be, by id; the core's own bundles are not among them. */
    List<Info> list(Caller caller);

    /**
     * One module.
     *
     * @throws org.trelliscrm.api.problem.NotFound if no such module is known
     */
    Info get(Caller caller, String id);

    /**
     * Installs a module into the running system: migrates its tables, starts it, checks that it serves; on failure
     * everything but the data is as before. Nothing happens if it serves already.
     *
     * @throws org.trelliscrm.api.problem.Conflict if it cannot be installed, with the reason
     */
    Info install(Caller caller, String id);

    /** Removes a module from the running system; its data stay. Nothing happens if it is not installed. */
    Info remove(Caller caller, String id);

    /**
     * A module as an administrator sees it.
     *
     * @param id its id
     * @param version the version that is installed, else the one that would be
     * @param state what it is doing
     * @param name its name in the caller's language
     * @param description what it does for a company, in the caller's language
     * @param problem why it does not serve, if it failed
     */
    record Info(String id, String version, State state, String name, String description, @Nullable String problem) {}

    /** The states of a module. */
    enum State {
        /** It can be installed. */
        AVAILABLE,
        /** It is installed and serves. */
        ACTIVE,
        /** It is installed, or should be, but does not serve. */
        FAILED
    }
}
