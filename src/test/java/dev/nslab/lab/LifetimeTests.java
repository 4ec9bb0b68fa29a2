package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifetimeTests {

    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration WARNING = Duration.ofMinutes(5);

    /** Near the largest long, because the clock may begin anywhere, and overflows to negative values. */
    private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    private final Lifetime lifetime = new Lifetime(LIFE, WARNING, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void endsAfterItsWarning() {
        pass(LIFE.minus(WARNING).minusSeconds(1));
        assertThat(lifetime.secondsLeft()).isNull();
        pass(Duration.ofSeconds(1));
        assertThat(lifetime.secondsLeft()).isEqualTo(300);
        pass(WARNING.minusSeconds(1));
        assertThat(lifetime.secondsLeft()).isEqualTo(1);
        assertThat(lifetime.isOver()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(lifetime.secondsLeft()).isZero();
        assertThat(lifetime.isOver()).isTrue();
    }

    @Test
    void aServerThatWasFrozenStillGivesTheWholeWarning() {
        pass(LIFE.multipliedBy(2));
        assertThat(lifetime.isOver()).isFalse();
        assertThat(lifetime.secondsLeft()).isEqualTo(300);
        pass(WARNING);
        assertThat(lifetime.isOver()).isTrue();
    }

    @Test
    void isWarnedOfOnceInALife() {
        pass(LIFE.minus(WARNING));
        assertThat(lifetime.secondsLeft()).isEqualTo(300);
        pass(WARNING.multipliedBy(3));
        assertThat(lifetime.isOver()).isTrue();
        lifetime.extend();
        assertThat(lifetime.secondsLeft()).isNull();
        pass(LIFE.multipliedBy(2));
        assertThat(lifetime.secondsLeft()).isEqualTo(300);
    }

    @Test
    void aShortLifeIsWarnedOfInItsSecondHalf() {
        Lifetime brief = new Lifetime(Duration.ofMinutes(6), WARNING, () -> now);
        pass(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(brief.secondsLeft()).isNull();
        pass(Duration.ofSeconds(1));
        assertThat(brief.secondsLeft()).isEqualTo(180);
    }

    @Test
    void itsEndIsATimeOfDay() {
        Instant before = Instant.now();
        assertThat(lifetime.end()).isBetween(before.plus(LIFE), Instant.now().plus(LIFE));
    }
}
