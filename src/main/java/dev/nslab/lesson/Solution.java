package dev.nslab.lesson;

import java.util.List;

/**
 * What meets a check.
 *
 * @param actions empty if the solution of the check before it meets this one, too
 */
public record Solution(String check, List<Action> actions) {}
