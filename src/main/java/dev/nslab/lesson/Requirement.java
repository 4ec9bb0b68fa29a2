package dev.nslab.lesson;

import java.util.Arrays;
import java.util.List;

/** What a lesson may require that a lab can be started without. */
public enum Requirement {
    /** Rights over networks: to make links and network namespaces. */
    NETWORK_ADMIN("network-admin");

    private final String setting;

    Requirement(String setting) {
        this.setting = setting;
    }

    /** As lessons, answers and the settings below {@code nslab} name it. */
    public String setting() {
        return setting;
    }

    static Requirement of(String setting) {
        return Arrays.stream(values())
                .filter(requirement -> requirement.setting.equals(setting))
                .findFirst()
                .orElseThrow();
    }

    /** What a lab lacks that was started so. */
    public static List<Requirement> missing(boolean networkAdmin) {
        return networkAdmin ? List.of() : List.of(NETWORK_ADMIN);
    }
}
