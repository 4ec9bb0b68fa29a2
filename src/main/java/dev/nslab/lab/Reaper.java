package dev.nslab.lab;

import dev.nslab.limits.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Ends the labs that nobody uses any more, and those whose lifetime is over. */
@Component
class Reaper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Labs labs;
    private final Admission admission;
    private final Duration pause;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

    Reaper(Labs labs, Admission admission, Limits limits) {
        this.labs = labs;
        this.admission = admission;
        Duration shortest = Collections.min(List.of(limits.idle(), limits.lifetime(), limits.warning()));
        this.pause = Collections.min(List.of(shortest.dividedBy(4), LONGEST_PAUSE));
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("nslab-reaper").start(this::run);
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pause);
                labs.reap();
                admission.forget();
            }
        } catch (InterruptedException e) {
            log.debug("the server stops", e);
        }
    }
}
