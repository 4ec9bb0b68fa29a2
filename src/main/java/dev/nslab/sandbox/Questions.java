package dev.nslab.sandbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The requests to one helper that wait for their answer, each by a tag that the answer repeats. An answer whose question
 * is not waiting comes too late: its caller has given up.
 */
final class Questions {
    private final Map<Integer, Question<?>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger tags = new AtomicInteger();

    /** Waits until it is closed. */
    final class Question<T> implements AutoCloseable {
        private final int tag = tags.incrementAndGet();
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Class<T> type;

        private Question(Class<T> type) {
            this.type = type;
        }

        int tag() {
            return tag;
        }

        CompletableFuture<T> answer() {
            return answer;
        }

        private boolean answer(Object value) {
            return answer.complete(type.cast(value));
        }

        @Override
        public void close() {
            waiting.remove(tag);
        }
    }

    /** Asks for an answer of that type. */
    <T> Question<T> ask(Class<T> type) {
        Question<T> question = new Question<>(type);
        waiting.put(question.tag, question);
        return question;
    }

    /**
     * Checks an answer's type: the request may have been given up by now, but if one with this tag is still waiting, it
     * must have asked for this type.
     */
    void expect(int tag, Class<?> type) {
        Question<?> question = waiting.get(tag);
        if (question != null && question.type != type) {
            throw new IllegalArgumentException("an answer to something else");
        }
    }

    /** Returns false if it comes too late. */
    boolean answer(int tag, Object value) {
        Question<?> question = waiting.get(tag);
        return question != null && question.answer(value);
    }

    <T> void answer(int tag, Class<T> type, T value) {
        expect(tag, type);
        answer(tag, value);
    }

    void fail(int tag, SandboxException why) {
        Question<?> question = waiting.get(tag);
        if (question != null) {
            question.answer.completeExceptionally(why);
        }
    }

    void failAll(Supplier<SandboxException> why) {
        waiting.values().forEach(question -> question.answer.completeExceptionally(why.get()));
    }
}
