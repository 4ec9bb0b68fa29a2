package dev.nslab.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.sandbox.Offence;
import dev.nslab.sandbox.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Verdicts on figures that were measured with attacks and honest loads, on two cores, with 1 CPU for each sandbox, on
 * Linux 6.18.
 */
class SuspicionTests {
    private static final long MEMORY = 256L << 20;

    private final Suspicion suspicion = new Suspicion(MEMORY);

    /**
     * Packets per second and processors of the machine's softirqs, then packets per second and processors of the
     * sandbox.
     */
    static final List<Arguments> HONEST = List.of(
            Arguments.of("datagrams on lo", 497_000, 0.15, 497_000, 0.66),
            Arguments.of("datagrams through a cable", 523_000, 0.23, 523_000, 0.7),
            Arguments.of("datagrams that are refused", 555_000, 0.31, 555_000, 0.7),
            Arguments.of("a stream", 21_000, 0.27, 21_000, 0.9),
            Arguments.of("small parts of a stream", 200_000, 0.23, 200_000, 0.9),
            Arguments.of("broadcasts through 8 ports", 1_343_000, 0.19, 1_510_000, 0.85),
            Arguments.of("broadcasts through 64 ports", 2_479_000, 0.31, 2_540_000, 0.9));

    @ParameterizedTest(name = "{0}")
    @FieldSource("HONEST")
    void honestLoadsAreLeftAlone(String name, double all, double softirqs, double packets, double processors) {
        assertThat(weighed(20, room(all, softirqs), packets, moving(packets, processors)))
                .isEmpty();
    }

    /** As if the rest of the machine had been busy, or softirqs were accounted for in another way. */
    @ParameterizedTest(name = "{0}")
    @FieldSource("HONEST")
    void honestLoadsAreLeftAloneBesideTwiceTheSoftirqs(
            String name, double all, double softirqs, double packets, double processors) {
        assertThat(weighed(20, room(all, 2 * softirqs), packets, moving(packets, processors)))
                .isEmpty();
    }

    @Test
    void packetsThatNobodySendsAreALoop() {
        Room.Change room = room(2_744_000, 1.24);
        assertThat(weighed(2, room, 2_665_000, moving(2_665_000, 0))).isEmpty();
        assertThat(weighed(1, room, 2_665_000, moving(2_665_000, 0))).contains(Offence.LOOP);
    }

    /** Figures of an emulated machine, on which a loop's own programs take long, too. */
    @Test
    void theyAreALoopOnASlowMachineToo() {
        assertThat(weighed(3, room(331_670, 1.77), 331_670, moving(331_670, 0.05)))
                .contains(Offence.LOOP);
    }

    @Test
    void aLoopIsNoExcuseForProcessorsThatSpin() {
        assertThat(weighed(20, room(3_900_000, 1.7), 3_900_000, moving(3_900_000, 1)))
                .contains(Offence.FLOOD);
    }

    @Test
    void neighboursOfALoopAreLeftAlone() {
        Room.Change room = room(2_900_000, 1.7);
        assertThat(weighed(20, room, 2_900_000, moving(200_000, 0.4))).isEmpty();
        suspicion.forget();
        assertThat(weighed(20, room, 2_900_000, moving(0, 0))).isEmpty();
        suspicion.forget();
        assertThat(weighed(20, room, 2_900_000, moving(2_000, 0))).isEmpty();
    }

    @Test
    void whoHidesANetworkNeedsFilesUnderWay() {
        Room.Change room = room(2_900_000, 1.7);
        assertThat(weighed(20, room, 100, moving(100, 0))).isEmpty();
        assertThat(weighed(20, room, 100, new TrafficChange(0.1, 100, 0, 0, 0, false, 0, 1)))
                .contains(Offence.HIDDEN);
    }

    @Test
    void memoryThatGrowsIsWhosLinksChange() {
        Room.Change room = new Room.Change(0, 0, MEMORY + 1, 0.5);
        assertThat(weighed(20, room, 0, routing(0, 0.9, false))).isEmpty();
        assertThat(weighed(1, room, 0, routing(0.9, 0.9, false))).contains(Offence.MEMORY);
    }

    @Test
    void manyShortProgramsAreOneLongOne() {
        Room.Change room = new Room.Change(0, 0, MEMORY + 1, 0.5);
        assertThat(weighed(2, room, 0, routing(0, 0.6, true))).isEmpty();
        assertThat(weighed(1, room, 0, routing(0, 0.6, true))).contains(Offence.MEMORY);
    }

    @Test
    void programsThatChangeLinksForAnHourAreLeftAlone() {
        assertThat(weighed(100, new Room.Change(0, 0, 20 << 20, 0.1), 0, routing(0.6, 0.8, true)))
                .isEmpty();
    }

    @Test
    void whoWaitsForLinksIsNotWhoHoldsThem() {
        Room.Change room = new Room.Change(0, 0, 0, 2);
        assertThat(weighed(20, room, 0, routing(0, 0.1, true))).isEmpty();
        assertThat(weighed(2, room, 0, routing(0.5, 0.5, false))).contains(Offence.LINKS);
    }

    @Test
    void aFewTriggersAreForPeopleWhoTryThem() {
        assertThat(weighed(20, room(0, 0), 0, new TrafficChange(0.1, 0, 0, 0, 0, false, 24, 0)))
                .isEmpty();
        assertThat(weighed(1, room(0, 0), 0, new TrafficChange(0.1, 0, 0, 0, 0, false, 800, 0)))
                .contains(Offence.TRIGGERS);
    }

    @Test
    void countsOfTheMachineMayWrapAround() {
        Room room = new Room();
        room.add(new RoomFigures(0, 0xffff_ff00L, 100, 1000), 0);
        assertThat(room.add(new RoomFigures(500_000_000, 0x100, 150, 3000), 0.5))
                .isEqualTo(new Room.Change(1, 1024, 2000, 0.5));
    }

    @Test
    void aProcessThatIsGoneTakesNothingBack() {
        Map<Long, Long> before = new LinkedHashMap<>(Map.of(1L, 100L, 2L, -1L, 3L, 500L));
        Traffic one = new Traffic(0, 0, 1000, 500, List.of(new Traffic.Router(7, 70, 40)), before);
        Traffic other = new Traffic(
                3, 2, 900, 520, List.of(new Traffic.Router(7, 71, 90)), Map.of(1L, 200L, 2L, 50L, 4L, 1000L));
        assertThat(TrafficChange.between(one, other, 0.5))
                .isEqualTo(new TrafficChange(0.5, 300, 0, 0.4, 0, true, 3, 2));
    }

    private Optional<Offence> weighed(int looks, Room.Change room, double seen, TrafficChange change) {
        Optional<Offence> verdict = Optional.empty();
        for (int look = 0; look < looks; look++) {
            verdict = suspicion.weigh(room, seen, change);
        }
        return verdict;
    }

    private static Room.Change room(double packets, double softirqs) {
        return new Room.Change(softirqs, packets, 10 << 20, 0);
    }

    private static TrafficChange moving(double packets, double processors) {
        return new TrafficChange(0.15, packets, processors, processors, 0, false, 0, 0);
    }

    private static TrafficChange routing(double routing, double system, boolean newRouters) {
        return new TrafficChange(0.15, 0, system, system, routing, newRouters, 0, 0);
    }
}
