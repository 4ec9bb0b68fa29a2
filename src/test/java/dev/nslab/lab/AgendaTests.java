package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a clock of its own: all times in ms. */
class AgendaTests {

    private static final long MS = 1_000_000;

    private final Agenda agenda = new Agenda(0);
    private long now;

    /** The looks until then: when, and whether complete. */
    private List<String> looks(long until, long cost) {
        List<String> looks = new ArrayList<>();
        while (now + Math.max(agenda.untilDue(now * MS), 0) / MS <= until) {
            now += Math.max(agenda.untilDue(now * MS) + MS - 1, 0) / MS;
            looks.add(now + (agenda.begin(now * MS) ? " complete" : ""));
            agenda.ended(now * MS, (now + cost) * MS);
            now += cost;
        }
        now = until;
        return looks;
    }

    @Test
    void sweeps() {
        assertThat(looks(5000, 0)).containsExactly("0 complete", "2000 complete", "4000 complete");
    }

    @Test
    void looksSomeTimesAfterACall() {
        looks(1000, 0);
        agenda.called(now * MS);
        assertThat(looks(2000, 0)).containsExactly("1003 complete", "1010", "1025", "1050 complete", "1100");
    }

    @Test
    void countsABurstOnce() {
        looks(1000, 0);
        for (int time = 0; time < 40; time++) {
            agenda.stirred((now + time) * MS);
        }
        assertThat(looks(1500, 0)).containsExactly("1050");
    }

    @Test
    void usesNoMoreThanItsShareInAFlood() {
        List<String> all = new ArrayList<>();
        for (int second = 1; second <= 40; second++) {
            agenda.called(now * MS);
            all.addAll(looks(now + 1000, 100));
        }
        assertThat(all).hasSizeLessThan(15);
    }
}
