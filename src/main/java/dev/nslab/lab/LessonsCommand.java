package dev.nslab.lab;

import dev.nslab.lab.LessonTrial.Outcome;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Reading;
import dev.nslab.lesson.Requirement;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.SandboxRights;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.Terminals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/** What {@code ./lab lessons} runs: for authors, without a server. */
public final class LessonsCommand {

    private final PrintStream out;
    private final SandboxRights rights;
    private int broken;
    private int unplayed;

    LessonsCommand(SandboxRights rights, PrintStream out) {
        this.rights = rights;
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param arguments "check" for the built-in lessons, "check DIR" for those in a folder, "new DIR" to begin one
     */
    public static void main(String[] arguments) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        LoggingSystem logging = LoggingSystem.get(LessonsCommand.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        SandboxLimits limits = Binder.get(environment).bindOrCreate("nslab.limits", SandboxLimits.class);
        SandboxRights rights = Binder.get(environment).bindOrCreate("nslab", SandboxRights.class);
        System.exit(run(List.of(arguments), limits, rights, System.out));
    }

    /** The exit status. */
    static int run(List<String> arguments, SandboxLimits limits, SandboxRights rights, PrintStream out)
            throws Exception {
        if (arguments.getFirst().equals("new")) {
            return LessonSkeleton.create(Path.of(arguments.get(1)), out);
        }
        LessonsCommand command = new LessonsCommand(rights, out);
        List<Reading> readings;
        if (arguments.size() == 1) {
            readings = Reading.builtIn();
        } else {
            Path folder = Path.of(arguments.get(1));
            if (!Files.isDirectory(folder)) {
                out.println(folder + " is no folder");
                return 1;
            }
            readings = Reading.in(folder);
        }
        return command.check(readings, limits);
    }

    private int check(List<Reading> readings, SandboxLimits limits) throws Exception {
        if (readings.isEmpty()) {
            out.println("There is no lesson: a folder with lesson.yaml, en.md and zh-CN.md");
            return 1;
        }
        try (Poller poller = new Poller("nslab-sandboxes");
                Terminals terminals = new Terminals();
                Sandboxes sandboxes = new Sandboxes(limits, rights, poller)) {
            for (Reading reading : readings) {
                check(reading, new LessonTrial(sandboxes, terminals, poller));
            }
        }
        out.printf("%d passed, %d failed", readings.size() - broken - unplayed, broken);
        out.println(unplayed == 0 ? "" : ", " + unplayed + " not playable here");
        return broken == 0 ? 0 : 1;
    }

    private void check(Reading reading, LessonTrial trial) throws SandboxException, IOException, InterruptedException {
        switch (reading) {
            case Reading.Broken lesson -> report(lesson.id(), lesson.faults());
            case Reading.Good lesson -> play(lesson.lesson(), trial);
        }
    }

    private void play(Lesson lesson, LessonTrial trial) throws SandboxException, IOException, InterruptedException {
        out.println(lesson.id());
        List<String> lacking = lesson.lacking(Requirement.missing(rights.networkAdmin()));
        if (!lacking.isEmpty()) {
            unplayed++;
            lacking.forEach(
                    setting -> out.printf("  not playable here: it requires %1$s, and nslab.%1$s is false%n", setting));
            return;
        }
        Outcome outcome = trial.play(lesson);
        outcome.took()
                .forEach(step ->
                        out.printf("  %-24s %6d ms%n", step.step(), step.time().toMillis()));
        if (!outcome.faults().isEmpty()) {
            report(lesson.id(), outcome.faults());
        }
    }

    private void report(String lesson, List<Fault> faults) {
        broken++;
        faults.forEach(fault -> out.println("FAILED " + lesson + "/" + fault));
    }
}
