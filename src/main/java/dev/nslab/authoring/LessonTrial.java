package dev.nslab.authoring;

import dev.nslab.account.Learner;
import dev.nslab.authoring.Rehearsal.RefusedException;
import dev.nslab.lab.Lab;
import dev.nslab.lab.Lifetime;
import dev.nslab.lesson.Fault;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Move;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.terminal.Terminals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Plays lessons in real sandboxes, several at once: their solutions, also in other forms, and the moves that their
 * checks list as right or wrong.
 */
final class LessonTrial implements AutoCloseable {

    /** Plays spend most of their time waiting for prompts, and for hints that may appear. */
    private static final int AT_ONCE = 8 * Runtime.getRuntime().availableProcessors();

    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Sandboxes sandboxes;
    private final Terminals terminals;
    private final Poller poller;
    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);

    LessonTrial(Sandboxes sandboxes, Terminals terminals, Poller poller) {
        this.sandboxes = sandboxes;
        this.terminals = terminals;
        this.poller = poller;
    }

    @Override
    public void close() {
        players.close();
    }

    /** @param took called for each step of the solutions as they are written */
    record Outcome(List<Fault> faults, List<StepTime> took, List<Tried> tried) {}

    record StepTime(String step, Duration time) {}

    /** A move that had the result that it should have. */
    record Tried(Move move, Duration time) {}

    /**
     * Starts playing a lesson, and returns at once.
     *
     * @param moves whether to play, besides the solutions, the moves that its checks list
     */
    Run begin(Lesson lesson, boolean moves) {
        return new Run(lesson, moves ? lesson.moves() : List.of());
    }

    /** A lesson that is being played. */
    final class Run {

        private final List<StepTime> took = new ArrayList<>();
        private final List<Tried> tried = Collections.synchronizedList(new ArrayList<>());
        private final Future<List<Fault>> written;
        private final List<Future<List<Fault>>> others = new ArrayList<>();

        private Run(Lesson lesson, List<Move> moves) {
            written = players.submit(() -> play(lesson, Manner.AS_WRITTEN, took::add));
            for (Manner manner : List.of(Manner.WITH_SH, Manner.WITH_DASH)) {
                others.add(players.submit(() -> play(lesson, manner, _ -> {})));
            }
            for (Move move : moves) {
                others.add(players.submit(() -> tryOut(lesson, move)));
            }
        }

        /** Waits for its end. */
        Outcome outcome() throws SandboxException, IOException, InterruptedException {
            SequencedMap<List<Object>, Fault> faults = new LinkedHashMap<>();
            for (Future<List<Fault>> play :
                    Stream.concat(Stream.of(written), others.stream()).toList()) {
                // A fault that another manner shows on the same line is the same fault.
                get(play).forEach(fault -> faults.putIfAbsent(Arrays.asList(fault.file(), fault.line()), fault));
            }
            return new Outcome(List.copyOf(faults.values()), took, List.copyOf(tried));
        }

        private List<Fault> tryOut(Lesson lesson, Move move)
                throws SandboxException, IOException, InterruptedException, RefusedException {
            long began = System.nanoTime();
            try (Rehearsal rehearsal = rehearse(lesson)) {
                List<Fault> faults = rehearsal.play(move);
                if (faults.isEmpty()) {
                    tried.add(new Tried(move, Duration.ofNanos(System.nanoTime() - began)));
                }
                return faults;
            }
        }
    }

    /**
     * If a check refuses another manner and gives a hint, that is correct. Its solution is then played as it is
     * written.
     */
    private List<Fault> play(Lesson lesson, Manner manner, Consumer<StepTime> took)
            throws SandboxException, IOException, InterruptedException {
        Set<String> asWritten = new HashSet<>();
        while (true) {
            try (Rehearsal rehearsal = rehearse(lesson)) {
                return rehearsal.play(manner, asWritten, took);
            } catch (RefusedException e) {
                if (!asWritten.add(e.check())) {
                    return List.of();
                }
            }
        }
    }

    private Rehearsal rehearse(Lesson lesson) throws SandboxException {
        Lifetime lifetime = new Lifetime(LIFETIME, Duration.ZERO, System::nanoTime);
        return new Rehearsal(
                lesson, new Lab(new Learner("author"), sandboxes.start("lab"), terminals, poller, lifetime));
    }

    private static <T> T get(Future<T> future) throws SandboxException, IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SandboxException cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
