package dev.nslab.limits;

import org.springframework.util.unit.DataSize;

/**
 * A share of a resource: "75%" of it, or an amount such as "6GB" of memory, or "1.5".
 *
 * @param isPart whether the amount is a percentage
 */
public record Share(double amount, boolean isPart) {
    private static final double WHOLE = 100;

    public Share {
        if (!(amount > 0) || (isPart && amount > WHOLE)) {
            throw new IllegalArgumentException(
                    "a share must be more than nothing, and in percent no more than 100, not " + amount);
        }
    }

    public static Share percent(int amount) {
        return new Share(amount, true);
    }

    /** Spring calls this to read a setting. */
    public static Share valueOf(String text) {
        if (text.endsWith("%")) {
            return new Share(Double.parseDouble(text.substring(0, text.length() - 1)), true);
        }
        boolean isSize = Character.isLetter(text.charAt(text.length() - 1));
        return new Share(isSize ? DataSize.parse(text).toBytes() : Double.parseDouble(text), false);
    }

    public double of(double all) {
        return isPart ? all * amount / WHOLE : amount;
    }

    /** Whether it leaves nothing. */
    boolean isAll(double all) {
        return of(all) >= all;
    }
}
