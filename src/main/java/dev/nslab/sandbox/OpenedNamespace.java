package dev.nslab.sandbox;

import dev.nslab.linux.Fd;

/**
 * A namespace that the helper has opened, be it without any process. Whoever asked for it closes it.
 *
 * @param hostname of a UTS namespace, text of the learner's making; "" for the other types
 */
public record OpenedNamespace(Fd fd, String hostname) {}
