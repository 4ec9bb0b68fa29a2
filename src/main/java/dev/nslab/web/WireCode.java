package dev.nslab.web;

import java.util.Locale;

/** The names of enums' constants on the wire. */
public final class WireCode {

    private WireCode() {}

    /** INIT_KILLED is "init-killed". */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
