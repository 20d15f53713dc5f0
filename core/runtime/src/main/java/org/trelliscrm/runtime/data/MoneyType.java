// SPDX-License-Identifier: Apache-2.0
package org.trelliscrm.runtime.data;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trelliscrm.api.problem.Invalid;
import org.trelliscrm.api.record.Money;
import org.trelliscrm.runtime.data.ScalarTypes.DecimalType;

/** An amount in a currency. In the database it is two columns, so it is compared by its amount. */
final class MoneyType extends ValueType<Money> {

    private final DecimalType amounts;

    MoneyType(long min, long max) {
        super("money");
        amounts = new DecimalType(min, max);
    }

    @Override
    public @Nullable Money fromJson(@Nullable Object json, String path, Invalid.Collector problems) {
        if (json == null) {
            return null;
        }
        if (!(json instanceof Map<?, ?> map)
                || map.size() != 2
                || !map.containsKey("amount")
                || !(map.get("currency") instanceof String currency)) {
            problems.add(path, "field.notMoney");
            return null;
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            problems.add(path + ".currency", "field.notCurrency", Map.of("value", currency));
            return null;
        }
        BigDecimal amount = amounts.fromJson(map.get("amount"), path + ".amount", problems);
        return amount == null ? null : new Money(amount, currency);
    }

    @Override
    public Object toJson(Money value) {
        return json(value.amount(), value.currency());
    }

    Object json(BigDecimal amount, String currency) {
        Map<String, Object> json = new LinkedHashMap<>();
        // As many decimals as the currency has, more only where they say something: one value, one way to write it.
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        BigDecimal plain = (BigDecimal) amounts.toJson(amount);
        json.put("amount", plain.setScale(Math.max(digits, plain.scale())).toPlainString());
        json.put("currency", currency);
        return json;
    }

    @Override
    public ValueType<?> comparedAs() {
        return amounts;
    }

    /** Money is compared by its amount; the currency is a condition of its own. */
    @Override
    public Object toDatabase(Money value) {
        return value.amount();
    }

    @Override
    public Money fromDatabase(Object value) {
        throw new UnsupportedOperationException("money is two columns; see FieldInfo.read");
    }
}
