package dev.nslab.lesson;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An expression of a lesson, checked against the types that it uses. Any number of threads may use it at once. */
public final class Expression {

    private static final Logger log = LoggerFactory.getLogger(Expression.class);

    private final Passage source;
    private final CelType type;
    private final CelRuntime.Program program;
    private final Anatomy anatomy;
    private final Set<String> checks;

    /** @param checks the checks that it names */
    Expression(Passage source, CelType type, CelRuntime.Program program, Anatomy anatomy, Set<String> checks) {
        this.source = source;
        this.type = type;
        this.program = program;
        this.anatomy = anatomy;
        this.checks = checks;
    }

    public Passage source() {
        return source;
    }

    CelType type() {
        return type;
    }

    public Anatomy anatomy() {
        return anatomy;
    }

    public Set<String> checks() {
        return checks;
    }

    public boolean isTrue(ExpressionInput facts) {
        return evaluate(facts).filter(Boolean.TRUE::equals).isPresent();
    }

    public List<?> find(ExpressionInput facts) {
        return evaluate(facts).<List<?>>map(found -> (List<?>) found).orElse(List.of());
    }

    public Optional<String> text(ExpressionInput facts) {
        return evaluate(facts).map(String::valueOf);
    }

    /** Empty if it asks for something that does not exist, or costs too much. */
    private Optional<Object> evaluate(ExpressionInput facts) {
        try {
            return Optional.of(value(facts));
        } catch (CelEvaluationException e) {
            log.debug("{} cannot be told", source, e);
            return Optional.empty();
        }
    }

    Object value(ExpressionInput facts) throws CelEvaluationException {
        return program.trace(facts.values(), new Cost());
    }

    @Override
    public String toString() {
        return source.text().strip();
    }
}
