package dev.nslab.site;

import dev.nslab.doctor.LessonTools;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the operator at the start what learners would otherwise find out. */
@Component
class StartReport {

    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    @EventListener(ApplicationReadyEvent.class)
    void warn() {
        List<LessonTools.Tool> missing = LessonTools.missing();
        if (!missing.isEmpty()) {
            log.warn(
                    "Some lessons will not work, since this machine lacks {}. On Debian and Ubuntu: apt-get install {}",
                    LessonTools.names(missing),
                    LessonTools.packages(missing));
        }
    }
}
