package dev.nslab.pasted;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nslab.pasted.Pasted.Line;
import dev.nslab.sandbox.Console;
import dev.nslab.sandbox.ShellRequest;
import dev.nslab.sandbox.UnderAttack;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sandbox answers what people paste from tutorials like a real Linux, or there is a reason why not. */
class PastedTests extends UnderAttack {
    /** So many that no line is broken. */
    private static final int COLUMNS = 1000;

    /** Conditions on what the machine gives. Each prints nothing if it is not met. */
    private static final Map<String, String> NEEDS = Map.of(
            "ids", "awk '$3 > 1 || NR > 1 { print \"yes\"; exit }' /proc/self/uid_map",
            "cgroup", "test -w /sys/fs/cgroup/cgroup.procs && echo yes",
            "no cgroup", "test -w /sys/fs/cgroup/cgroup.procs || echo yes");

    static Stream<Pasted> sequences() {
        return Pasted.all();
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void isAnsweredAsWritten(Pasted pasted) throws Exception {
        if (!pasted.needs().isEmpty()) {
            assumeTrue(
                    console.run(requireNonNull(NEEDS.get(pasted.needs()), pasted.needs()))
                            .equals("yes\n"),
                    () -> "This sandbox lacks what it needs: " + pasted.needs());
        }
        try (Console learner =
                new Console(sandbox.open(new ShellRequest(List.of("bash", "-l"), COLUMNS, 50, Map.of())))) {
            learner.awaitPrompt();
            play(pasted.lines(), learner);
        }
    }

    private void play(List<Line> lines, Console learner) {
        Deque<String> answer = new ArrayDeque<>();
        String typed = "";
        for (Line line : lines) {
            switch (line.kind()) {
                case TYPED -> {
                    typed = line.text();
                    answer = answer(learner, typed + "\n");
                }
                case KEY -> {
                    awaitProgram(learner);
                    answer = answer(learner, line.text());
                }
                case GOES_ON -> learner.type(line.text() + "\n");
                case ELSEWHERE -> {}
                case ANSWER -> assertAnswered(typed, line.text(), answer);
            }
        }
    }

    /**
     * Waits until a program receives what is typed, and not the shell, or a child of the shell that is about to become
     * a program.
     */
    private void awaitProgram(Console learner) {
        console.run("until [ $(ps -o comm= -p $(ps -o tpgid= -p "
                + learner.shell().pid() + ")) != bash ]; do :; done 2>&-");
    }

    private static Deque<String> answer(Console learner, String typed) {
        learner.forget();
        learner.type(typed);
        return learner.awaitPrompt().lines().collect(Collectors.toCollection(ArrayDeque::new));
    }

    private static void assertAnswered(String typed, String wanted, Deque<String> answer) {
        List<String> all = List.copyOf(answer);
        Pattern pattern = Pattern.compile(
                Stream.of(wanted.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        while (!answer.isEmpty()) {
            if (pattern.matcher(answer.remove()).matches()) {
                return;
            }
        }
        throw new AssertionError("$ " + typed + "\nwas to answer: " + wanted + "\nbut did: " + String.join("\n", all));
    }
}
