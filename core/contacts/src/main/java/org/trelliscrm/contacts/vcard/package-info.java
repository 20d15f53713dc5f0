// SPDX-License-Identifier: Apache-2.0
/**
 * Contacts as vCards (RFC 2426, RFC 6350, and the older 2.1).
 *
 * <p>Files from the world are read in stages, because no single stage can be told what the next one knows: bytes to lines
 * ({@link org.trelliscrm.contacts.vcard.Lines}), lines to cards ({@link org.trelliscrm.contacts.vcard.Cards}), folded lines to
 * whole ones ({@link org.trelliscrm.contacts.vcard.Unfolding}, still bytes, for some programs fold within a character), those to
 * text and parameters ({@link org.trelliscrm.contacts.vcard.LineParser}), and that to a contact ({@link
 * org.trelliscrm.contacts.vcard.CardReader}). Values in structured form are taken apart by the library vinnie.
 */
@NullMarked
package org.trelliscrm.contacts.vcard;

import org.jspecify.annotations.NullMarked;
