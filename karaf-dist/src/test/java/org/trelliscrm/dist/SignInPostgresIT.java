// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class SignInPostgresIT extends SignIn {
    SignInPostgresIT() {
        super(Database.POSTGRESQL);
    }
}
