package dev.nslab.lesson;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a learner may do instead of a check's solution.
 *
 * @param right whether it must meet the check; otherwise it must not
 * @param hint of a wrong move, the id of the hint that must appear; null if none may
 * @param file the file that contains it
 */
public record Move(
        String check,
        boolean right,
        List<Action> actions,
        @Nullable String hint,
        String file,
        int line) {

    /** As a solution of the check. */
    public Solution solution() {
        return new Solution(check, actions);
    }

    /** What is typed. */
    public String words() {
        return actions.stream()
                .map(action -> switch (action) {
                    case Action.Type type -> type.text().toString();
                    case Action.Interrupt _ -> "^C";
                    case Action.Await _ -> "";
                })
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    public Fault fault(String reason) {
        return new Fault(file, line, reason);
    }
}
