package dev.nslab.doctor;

import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.Sandboxes;
import java.io.PrintStream;
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
        Limits limits = Binder.get(environment).bindOrCreate("nslab.limits", Limits.class);
        SandboxRights rights = Binder.get(environment).bindOrCreate("nslab", SandboxRights.class);
        Diagnosis diagnosis;
        try (Poller poller = new Poller("nslab-sandboxes");
                Sandboxes sandboxes = new Sandboxes(limits, rights, poller)) {
            diagnosis = new Doctor(sandboxes, limits, environment).examine();
        }
        print(diagnosis, Locale.getDefault(), messages(), System.out);
        System.exit(diagnosis.worst() == Finding.Status.BAD ? 1 : 0);
    }

    /** Writes it as text. */
    public static void print(Diagnosis diagnosis, Locale language, MessageSource messages, PrintStream out) {
        for (Finding finding : diagnosis.findings()) {
            Finding.Words words = finding.in(language, messages);
            out.printf(
                    "%-4s  %s%n      %s%n",
                    words.status().name().toLowerCase(Locale.ROOT), words.tried(), words.found());
            if (words.mend() != null) {
                words.mend().lines().forEach(line -> out.println("      $ " + line));
            }
        }
        out.println();
        for (Limit limit : diagnosis.limits()) {
            Limit.Words words = limit.in(language, messages);
            out.printf(
                    "%-4s  %-50s %6s  %s%n",
                    words.status().name().toLowerCase(Locale.ROOT), words.setting(), words.value(), words.heldBy());
        }
        out.printf("%n%s%n", diagnosis.summary(language, messages));
    }

    static MessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
