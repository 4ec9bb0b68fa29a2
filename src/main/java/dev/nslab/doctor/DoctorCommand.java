package dev.nslab.doctor;

import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxLimits;
import dev.nslab.sandbox.Sandboxes;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.env.StandardEnvironment;

/** What {@code ./lab doctor} runs: for operators, without a server. */
public final class DoctorCommand {

    private DoctorCommand() {}

    /** Prints the findings; the exit status is 1 if no sandbox can be started. */
    public static void main(String[] arguments) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        LoggingSystem logging = LoggingSystem.get(DoctorCommand.class.getClassLoader());
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), null, null);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        SandboxLimits limits = Binder.get(environment).bindOrCreate("nslab.limits", SandboxLimits.class);
        List<Finding> findings;
        try (Poller poller = new Poller("nslab-sandboxes");
                Sandboxes sandboxes = new Sandboxes(limits, poller)) {
            findings = new Doctor(sandboxes, limits).examine();
        }
        print(findings, Locale.getDefault(), System.out);
        System.exit(worst(findings) == Finding.Status.BAD ? 1 : 0);
    }

    static Finding.Status worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::status)
                .max(Comparator.naturalOrder())
                .orElse(Finding.Status.GOOD);
    }

    static void print(List<Finding> findings, Locale language, PrintStream out) {
        for (Finding finding : findings) {
            Finding.Words words = finding.in(language, messages());
            out.printf(
                    "%-4s  %s%n      %s%n",
                    words.status().name().toLowerCase(Locale.ROOT), words.tried(), words.found());
            if (words.mend() != null) {
                words.mend().lines().forEach(line -> out.println("      $ " + line));
            }
        }
    }

    static MessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
