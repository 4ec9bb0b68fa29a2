package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nslab.account.Caller;
import dev.nslab.account.Learner;
import dev.nslab.account.Stranger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RightsTests {

    private static final Learner OWNER = new Learner("owner");
    private static final Learner OTHER = new Learner("other");

    static Stream<Arguments> callers() {
        return Stream.of(
                arguments(OWNER, EnumSet.allOf(Right.class)),
                arguments(new Learner("owner"), EnumSet.allOf(Right.class)),
                arguments(OTHER, Set.of()),
                arguments(new Stranger(), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("callers")
    void belongToTheOwner(Caller caller, Set<Right> expected) {
        assertThat(allowed(Rights.of(OWNER), caller)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void areGrantedOneByOne(Right right) {
        Rights rights = Rights.of(OWNER).with(OTHER, Set.of(right));
        assertThat(allowed(rights, OTHER)).containsExactly(right);
        assertThat(allowed(rights, OWNER)).containsExactlyInAnyOrder(Right.values());
        assertThat(allowed(rights, new Learner("third"))).isEmpty();
        assertThat(allowed(rights, new Stranger())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void areTakenBack(Right right) {
        Rights all = Rights.of(OWNER).with(OTHER, EnumSet.allOf(Right.class));
        assertThat(allowed(all.with(OTHER, EnumSet.complementOf(EnumSet.of(right))), OTHER))
                .hasSize(Right.values().length - 1)
                .doesNotContain(right);
        assertThat(allowed(all.with(OTHER, Set.of()), OTHER)).isEmpty();
        assertThat(allowed(all, OTHER)).as("what was given out before").contains(right);
    }

    private static Set<Right> allowed(Rights rights, Caller caller) {
        return Arrays.stream(Right.values())
                .filter(right -> rights.allow(caller, right))
                .collect(Collectors.toSet());
    }
}
