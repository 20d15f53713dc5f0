// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.shell;

/** The tenants as the shell knows them. */
final class Tenants {

    /** The tenant that every installation begins with. */
    static final int FIRST = 1;

    private Tenants() {}
}
