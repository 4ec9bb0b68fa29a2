package dev.nslab.lab;

import dev.nslab.sandbox.SandboxLimits;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Ends the labs that nobody looks at any more. */
@Component
class Reaper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Labs labs;
    private final Duration pause;
    private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

    Reaper(Labs labs, SandboxLimits limits) {
        this.labs = labs;
        Duration quarter = limits.idle().dividedBy(4);
        this.pause = quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
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
                labs.endIdle();
            }
        } catch (InterruptedException e) {
            log.debug("the server stops", e);
        }
    }
}
