package dev.nslab.authoring;

import dev.nslab.authoring.LessonTrial.Outcome;
import dev.nslab.catalogue.Reading;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Requirement;
import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.Terminals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** What {@code ./lab lessons} runs: for authors, without a server. */
public final class LessonsCommand {

    private static final String VERBOSE = "--verbose";
    private static final String SOLUTIONS = "--solutions";

    private final PrintStream out;
    private final SandboxRights rights;
    private final List<String> options;
    private int broken;
    private int refused;
    private int taken;
    private int unplayed;

    LessonsCommand(SandboxRights rights, List<String> options, PrintStream out) {
        this.rights = rights;
        this.options = options;
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param arguments "check" for the built-in lessons, "check DIR" for those in a folder, with "--verbose" each move, with "--solutions" no moves; "new DIR" to begin one
     */
    public static void main(String[] arguments) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        LoggingSystem logging = LoggingSystem.get(LessonsCommand.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        Limits limits = Binder.get(environment).bindOrCreate("nslab.limits", Limits.class);
        SandboxRights rights = Binder.get(environment).bindOrCreate("nslab", SandboxRights.class);
        System.exit(run(List.of(arguments), limits, rights, System.out));
    }

    /** The exit status. */
    public static int run(List<String> arguments, Limits limits, SandboxRights rights, PrintStream out)
            throws Exception {
        if (arguments.getFirst().equals("new")) {
            return LessonSkeleton.create(Path.of(arguments.get(1)), out);
        }
        List<String> options =
                arguments.stream().filter(word -> word.startsWith("--")).toList();
        List<String> folders = arguments.stream()
                .skip(1)
                .filter(word -> !options.contains(word))
                .toList();
        LessonsCommand command = new LessonsCommand(rights, options, out);
        List<Reading> readings;
        if (folders.isEmpty()) {
            readings = Reading.builtIn();
        } else {
            Path folder = Path.of(folders.getFirst());
            if (!Files.isDirectory(folder)) {
                out.println(folder + " is no folder");
                return 1;
            }
            readings = Reading.in(folder);
        }
        return command.check(readings, limits);
    }

    private int check(List<Reading> readings, Limits limits) throws Exception {
        if (readings.isEmpty()) {
            out.println("There is no lesson: a folder with lesson.yaml, en.md and zh-CN.md");
            return 1;
        }
        try (Poller poller = new Poller("nslab-sandboxes");
                Terminals terminals = new Terminals();
                Sandboxes sandboxes = new Sandboxes(limits, rights, poller);
                LessonTrial trial = new LessonTrial(sandboxes, terminals, poller)) {
            Map<Lesson, LessonTrial.Run> runs = new HashMap<>();
            for (Reading reading : readings) {
                if (reading instanceof Reading.Good good
                        && lacking(good.lesson()).isEmpty()) {
                    runs.put(good.lesson(), trial.begin(good.lesson(), !options.contains(SOLUTIONS)));
                }
            }
            for (Reading reading : readings) {
                switch (reading) {
                    case Reading.Broken lesson -> report(lesson.id(), lesson.faults());
                    case Reading.Good lesson -> report(lesson.lesson(), runs.get(lesson.lesson()));
                }
            }
        }
        if (!options.contains(SOLUTIONS)) {
            out.printf("%s refused, %s taken%n", count(refused, "wrong move"), count(taken, "other way"));
        }
        out.printf("%d passed, %d failed", readings.size() - broken - unplayed, broken);
        out.println(unplayed == 0 ? "" : ", " + unplayed + " not playable here");
        return broken == 0 ? 0 : 1;
    }

    private void report(Lesson lesson, LessonTrial.@Nullable Run run)
            throws SandboxException, IOException, InterruptedException {
        out.println(lesson.id());
        if (run == null) {
            unplayed++;
            lacking(lesson)
                    .forEach(setting ->
                            out.printf("  not playable here: it requires %1$s, and nslab.%1$s is false%n", setting));
            return;
        }
        Outcome outcome = run.outcome();
        outcome.took().forEach(step -> report(step.step(), step.time()));
        for (LessonTrial.Tried tried : outcome.tried()) {
            refused += tried.move().right() ? 0 : 1;
            taken += tried.move().right() ? 1 : 0;
            if (options.contains(VERBOSE)) {
                report(
                        (tried.move().right() ? "also: " : "refused: ")
                                + tried.move().words(),
                        tried.time());
            }
        }
        if (!outcome.faults().isEmpty()) {
            report(lesson.id(), outcome.faults());
        }
    }

    private void report(String what, Duration time) {
        out.printf("  %-24s %6d ms%n", what, time.toMillis());
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<String> lacking(Lesson lesson) {
        return lesson.lacking(Requirement.missing(rights.networkAdmin()));
    }

    private void report(String lesson, List<Fault> faults) {
        broken++;
        faults.forEach(fault -> out.println("FAILED " + lesson + "/" + fault));
    }
}
