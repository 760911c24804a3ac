package io.scalable.client;

import java.math.BigDecimal;
import java.math.MathContext;

/** A sum of money as people read it: four digits at most, without zeros at the end. */
record Amount(double value, String currency) {

    @Override
    public String toString() {
        String digits =
                new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
        return digits + " " + currency;
    }
}
