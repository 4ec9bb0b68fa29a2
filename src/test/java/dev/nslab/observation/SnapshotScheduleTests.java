package dev.nslab.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests with a clock of their own. All times are in ms. */
class SnapshotScheduleTests {

    private static final long MS = 1_000_000;

    private final SnapshotSchedule schedule = new SnapshotSchedule(0);
    private long now;

    /** The snapshots until then: when each is taken, and whether it is complete. */
    private List<String> looks(long until, long cost) {
        List<String> looks = new ArrayList<>();
        while (now + Math.max(schedule.untilDue(now * MS), 0) / MS <= until) {
            now += Math.max(schedule.untilDue(now * MS) + MS - 1, 0) / MS;
            looks.add(now + (schedule.begin(now * MS) ? " complete" : ""));
            schedule.ended(now * MS, (now + cost) * MS);
            now += cost;
        }
        now = until;
        return looks;
    }

    @Test
    void sweeps() {
        assertThat(looks(95_000, 0))
                .containsExactly(
                        "0 complete",
                        "4000 complete",
                        "12000 complete",
                        "28000 complete",
                        "58000 complete",
                        "88000 complete");
        schedule.stirred(now * MS);
        assertThat(looks(98_000, 0)).containsExactly("95050", "97050 complete");
    }

    @Test
    void looksSomeTimesAfterACall() {
        looks(1000, 0);
        schedule.called(now * MS);
        assertThat(looks(8000, 0))
                .containsExactly(
                        "1003 complete", "1010", "1025", "1050 complete", "1100", "3100 complete", "7100 complete");
    }

    @Test
    void looksAtEverythingUntilTheOutcomeIsKnown() {
        looks(1000, 0);
        schedule.called(now * MS);
        looks(1100, 0);
        schedule.awaited(now * MS);
        assertThat(looks(1300, 0)).containsExactly("1300 complete");
        schedule.awaited(now * MS);
        assertThat(looks(4000, 0)).containsExactly("1500 complete", "3500 complete");
    }

    @Test
    void countsABurstOnce() {
        looks(1000, 0);
        for (int time = 0; time < 40; time++) {
            schedule.stirred((now + time) * MS);
        }
        assertThat(looks(1500, 0)).containsExactly("1050");
    }

    @Test
    void usesNoMoreThanItsShareInAFlood() {
        List<String> all = new ArrayList<>();
        for (int time = 0; time < 4000; time++) {
            schedule.called(now * MS);
            all.addAll(looks(now + 10, 10));
        }
        // In 40 s it may use four seconds, and the share of two more seconds at once.
        assertThat(all).hasSizeBetween(370, 440);
    }

    @Test
    void standsNeverStillForLong() {
        schedule.begin(0);
        schedule.ended(0, MS);
        schedule.begin(2000 * MS);
        schedule.ended(2000 * MS, 5000 * MS);
        schedule.called(5000 * MS);
        assertThat(schedule.untilDue(5000 * MS)).isBetween(200 * MS, 250 * MS);
    }
}
