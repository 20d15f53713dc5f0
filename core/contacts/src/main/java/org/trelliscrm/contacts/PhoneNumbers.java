// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Optional;

/** Reads phone numbers as people write them, in any digits, into E.164: {@code +442920227611}. */
final class PhoneNumbers {

    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    /** For numbers that say their country themselves. */
    private static final String NO_REGION = "ZZ";

    private PhoneNumbers() {}

    /** The number without the invisible marks of direction that come along when it is copied from a phone. */
    static String visible(String typed) {
        return typed.replaceAll("\\p{Cf}", "").strip();
    }

    /**
     * The number in E.164; empty if it cannot be one.
     *
     * @param regions where a number without country code may be from, most likely first
     */
    static Optional<String> e164(String typed, List<String> regions) {
        Optional<PhoneNumber> international = parse(typed, NO_REGION).filter(PhoneNumbers::isLongEnough);
        if (international.isPresent()) {
            return international.map(PhoneNumbers::format);
        }
        // A number that really exists in a less likely region is better than one that merely has the right length.
        return regions.stream()
                .flatMap(region -> parse(typed, region).filter(UTIL::isValidNumber).stream())
                .findFirst()
                .or(() -> parse(withPlus(typed), NO_REGION).filter(UTIL::isValidNumber))
                .or(() -> regions.stream()
                        .limit(1)
                        .flatMap(region -> parse(typed, region).filter(PhoneNumbers::isLongEnough).stream())
                        .findFirst())
                .map(PhoneNumbers::format);
    }

    // Most of the world dials 00 before a country code. Where it does not, regions tell.
    private static String withPlus(String typed) {
        String digits = PhoneNumberUtil.normalizeDigitsOnly(typed);
        return digits.startsWith("00") ? "+" + digits.substring(2) : typed;
    }

    private static Optional<PhoneNumber> parse(String typed, String region) {
        try {
            return Optional.of(UTIL.parse(typed, region));
        } catch (NumberParseException e) {
            // stays as typed
            return Optional.empty();
        }
    }

    // Not isPossibleNumber: that takes a number without its area code, too.
    private static boolean isLongEnough(PhoneNumber number) {
        return UTIL.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    private static String format(PhoneNumber number) {
        return UTIL.format(number, PhoneNumberFormat.E164);
    }
}
