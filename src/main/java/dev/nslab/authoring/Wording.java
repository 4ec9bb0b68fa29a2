package dev.nslab.authoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another form of a command: what another learner would type instead of a line of a solution. */
final class Wording {

    private static final Map<String, String> TYPES = Map.of(
            "m", "mount", "u", "uts", "i", "ipc", "n", "net", "p", "pid", "U", "user", "C", "cgroup", "T", "time");

    /** For each program, the long options by their short ones, with "=" after those that take an argument. */
    private static final Map<String, Map<String, String>> LONG = Map.of(
            "unshare", with(TYPES, Map.of("f", "fork", "r", "map-root-user")),
            "nsenter", with(TYPES, Map.of("a", "all", "t", "target=", "F", "no-fork")),
            "mount", Map.of("t", "types=", "o", "options=", "B", "bind", "R", "rbind", "M", "move"),
            "umount", Map.of("l", "lazy", "R", "recursive", "f", "force"));

    /** Programs that start another one, which comes last. */
    private static final Set<String> STARTERS = Set.of("unshare", "nsenter");

    private static final Pattern ARGUMENT_FOLLOWS = Pattern.compile(
            "--(target|propagation|boottime|monotonic|setuid|setgid|map-user|map-group|root|wd)|-[tSGRw]");
    private static final Pattern COMMAND = Pattern.compile("[^&|;]+");
    private static final Pattern BASH = Pattern.compile("(?<=\\s)(/bin/)?bash(?=\\s*$)");

    private Wording() {}

    /** Another shell as the program that unshare or nsenter starts. */
    static String withShell(String shell, String line) {
        return COMMAND.matcher(line)
                .replaceAll(command -> Matcher.quoteReplacement(
                        STARTERS.contains(program(command.group()))
                                ? BASH.matcher(command.group()).replaceAll("$1" + shell)
                                : command.group()));
    }

    /** Long options in place of short ones. */
    static String withLongOptions(String line) {
        return COMMAND.matcher(line).replaceAll(command -> Matcher.quoteReplacement(withLong(command.group())));
    }

    private static String program(String command) {
        return command.strip().split("\\s", 2)[0];
    }

    private static String withLong(String command) {
        Map<String, String> names = LONG.get(program(command));
        if (names == null) {
            return command;
        }
        String[] words = command.split("(?<=\\s)|(?=\\s)");
        String before = "";
        for (int index = 0; index < words.length; index++) {
            String word = words[index];
            boolean isStarted = STARTERS.contains(program(command))
                    && !before.isEmpty()
                    && !word.startsWith("-")
                    && !ARGUMENT_FOLLOWS.matcher(before).matches();
            if (isStarted && !word.isBlank()) {
                // The rest are options of the program that is started.
                break;
            }
            if (word.matches("-[a-zA-Z]+")) {
                words[index] = longer(word, names);
            }
            before = word.isBlank() ? before : word;
        }
        return String.join("", words);
    }

    /** Unchanged if one of its letters has no long name here, or if one takes an argument but is not the last. */
    private static String longer(String word, Map<String, String> names) {
        String[] letters = word.substring(1).split("");
        for (int index = 0; index < letters.length; index++) {
            String name = names.get(letters[index]);
            if (name == null || (name.endsWith("=") && index < letters.length - 1)) {
                return word;
            }
            letters[index] = "--" + name.replace("=", "");
        }
        return String.join(" ", letters);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
