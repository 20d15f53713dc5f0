// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

/** What is known about an e-mail address or a phone number. */
enum ChannelState {
    /** Something sent there has arrived. */
    OK,
    /** Nothing arrives there. */
    INVALID,
    /** It works, but the person does not want to be written to or called there. */
    OPTED_OUT,
    /** Nobody has tried yet. */
    UNVERIFIED
}
