// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.dist;

class SignInDerbyIT extends SignIn {
    SignInDerbyIT() {
        super(Database.DERBY);
    }
}
