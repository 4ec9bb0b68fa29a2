package dev.nslab.lesson;

import java.util.Arrays;
import java.util.List;

/** Something that a lesson may require and that a lab can be started without. */
public enum Requirement {
    /** Rights over networks: to make links and network namespaces. */
    NETWORK_ADMIN("network-admin");

    private final String setting;

    Requirement(String setting) {
        this.setting = setting;
    }

    /** Its name in lessons, in answers and in the settings below {@code nslab}. */
    public String setting() {
        return setting;
    }

    public static Requirement of(String setting) {
        return Arrays.stream(values())
                .filter(requirement -> requirement.setting.equals(setting))
                .findFirst()
                .orElseThrow();
    }

    /** What a lab lacks that was started in this way. */
    public static List<Requirement> missing(boolean networkAdmin) {
        return networkAdmin ? List.of() : List.of(NETWORK_ADMIN);
    }
}
