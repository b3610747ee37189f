package dev.sealway.application;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers and truth values. */
final class NumberForms {

    private static final int MOST_DIGITS_BEFORE_POINT = 131_072;
    private static final int MOST_DIGITS_AFTER_POINT = 16_383;

    static final ValueForm<Long> INTEGER = new ValueForm<>() {
        @Override
        public String text(Long value, ColumnType type) {
            int bits = type.name().equals("smallint") ? 16 : type.name().equals("integer") ? 32 : 64;
            if (value >> (bits - 1) != value >> 63) {
                throw new IllegalArgumentException("a number is out of the range of %s".formatted(type.name()));
            }
            return Long.toString(value);
        }

        @Override
        public Long value(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("a text is not a whole number");
            }
        }
    };

    static final ValueForm<BigDecimal> NUMERIC = new ValueForm<>() {
        @Override
        public String text(BigDecimal value, ColumnType type) {
            return type.modifiers().isEmpty() ? free(value) : bounded(value, type);
        }

        @Override
        public BigDecimal value(String text) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("NaN and infinity have no BigDecimal; open them as TEXT");
            }
        }
    };

    static final ValueForm<Boolean> BOOLEAN = new ValueForm<>() {
        @Override
        public String text(Boolean value, ColumnType type) {
            return value.toString();
        }

        @Override
        public Boolean value(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("a text is neither true nor false");
            };
        }
    };

    private NumberForms() {}

    static String free(BigDecimal value) {
        long before = (long) value.precision() - value.scale();
        if (before > MOST_DIGITS_BEFORE_POINT || value.scale() > MOST_DIGITS_AFTER_POINT) {
            throw new IllegalArgumentException("a number has more digits than numeric holds");
        }
        return value.toPlainString();
    }

    private static String bounded(BigDecimal value, ColumnType type) {
        // a huge exponent would be written out before it is measured
        if (value.signum() != 0 && (long) value.precision() - value.scale() > MOST_DIGITS_BEFORE_POINT) {
            throw new IllegalArgumentException("a number has more digits than the column holds");
        }
        int scale = type.modifiers().size() > 1 ? type.modifiers().get(1) : 0;
        BigDecimal rounded =
                value.signum() == 0 ? BigDecimal.ZERO.setScale(scale) : value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.signum() != 0 && rounded.precision() > type.modifier(0)) {
            throw new IllegalArgumentException("a number has more digits than the column holds");
        }
        return rounded.toPlainString();
    }
}
