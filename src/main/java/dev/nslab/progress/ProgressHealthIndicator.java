package dev.nslab.progress;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Tells operators whether learners' progress is saved on disk. If not, the lab still works: DEGRADED, not DOWN. The
 * description is also shown beside the status of the whole server.
 */
@Component
class ProgressHealthIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "progress is kept in memory only");

    private final Archive archive;

    ProgressHealthIndicator(Archive archive) {
        this.archive = archive;
    }

    @Override
    public Health health() {
        return archive.failure()
                .map(failure -> Health.status(DEGRADED)
                        .withDetail("since", failure.since())
                        .withDetail("reason", failure.reason()))
                .orElseGet(Health::up)
                .withDetail("waiting", archive.waiting())
                .build();
    }
}
