package dev.nslab.lesson;

import java.util.List;

/**
 * What meets a check.
 *
 * @param actions none if the check before it is met by the same
 */
public record Solution(String check, List<Action> actions) {}
