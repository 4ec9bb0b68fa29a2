package dev.nslab.site;

import dev.nslab.doctor.Diagnosis;
import dev.nslab.doctor.Doctor;
import dev.nslab.limits.Limits;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The doctor's examination of this machine, which starts a sandbox. Only one runs at a time, and a request soon after
 * gets the same result.
 */
@Component
class Checkup {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Doctor doctor;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Result latest;

    private record Result(Diagnosis diagnosis, long at) {

        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    Checkup(Sandboxes sandboxes, Limits limits, Environment settings) {
        this.doctor = new Doctor(sandboxes, limits, settings);
    }

    Diagnosis diagnosis() throws IOException {
        Result known = latest;
        return known != null && known.isFresh() ? known.diagnosis : examine();
    }

    private Diagnosis examine() throws IOException {
        lock.lock();
        try {
            Result known = latest;
            if (known != null && known.isFresh()) {
                return known.diagnosis;
            }
            Diagnosis found = doctor.examine();
            latest = new Result(found, System.nanoTime());
            return found;
        } finally {
            lock.unlock();
        }
    }
}
