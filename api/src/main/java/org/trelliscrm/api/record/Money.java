// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.api.record;

import java.math.BigDecimal;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * An amount in a currency (ISO 4217), exact. In JSON {@code {"amount": "1200.50", "currency": "EUR"}}; the amount is a
 * text there so that no program rounds it. Four decimals are kept.
 */
@Embeddable
public final class Money {

    @Column(name = "amount")
    private @Nullable BigDecimal amount;

    @Column(name = "currency")
    private @Nullable String currency;

    /** For JPA only. */
    Money() {}

    public Money(BigDecimal amount, String currency) {
        this.amount = amount;
        this.currency = currency;
    }

    /** The amount, in the currency's main unit. */
    public BigDecimal amount() {
        return Objects.requireNonNull(amount);
    }

    /** The ISO 4217 code, three capital letters. */
    public String currency() {
        return Objects.requireNonNull(currency);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Money that
                && amount().compareTo(that.amount()) == 0
                && currency().equals(that.currency());
    }

    @Override
    public int hashCode() {
        return Objects.hash(amount().stripTrailingZeros(), currency);
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }
}
