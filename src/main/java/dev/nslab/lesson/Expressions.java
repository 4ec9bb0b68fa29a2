package dev.nslab.lesson;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles the CEL expressions of lessons. */
public final class Expressions {

    /** Names that no check can have, besides those of CEL itself. */
    public static final Set<String> VARIABLES = Set.of("processes", "namespaces", "events", "mounts", "root");

    /** The kind of result that an expression must have. */
    public enum Result {
        TRUTH("true or false (bool)", ImmutableSet.of(SimpleType.BOOL)),
        PROCESSES("a list of processes, as processes.filter(p, …) does", ImmutableSet.of(KernelTypes.PROCESSES)),
        TEXT("a number or a text", ImmutableSet.of(SimpleType.INT, SimpleType.STRING, SimpleType.BOOL));

        private final String words;
        private final ImmutableSet<CelType> types;

        Result(String words, ImmutableSet<CelType> types) {
            this.words = words;
            this.types = types;
        }

        private boolean includes(CelType type) {
            return types.stream().anyMatch(allowed -> allowed.equals(type) || same(allowed, type));
        }

        private static boolean same(CelType one, CelType other) {
            return one.kind() == other.kind()
                    && one.name().equals(other.name())
                    && one.parameters().stream()
                            .map(CelType::name)
                            .toList()
                            .equals(other.parameters().stream()
                                    .map(CelType::name)
                                    .toList());
        }
    }

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(4_000)
            .maxParseRecursionDepth(64)
            .maxRegexProgramSize(1_000)
            .comprehensionMaxIterations(Cost.MOST_STEPS)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(new KernelTypes())
            .addVar("processes", KernelTypes.PROCESSES)
            .addVar("namespaces", KernelTypes.NAMESPACES)
            .addVar("events", KernelTypes.EVENTS)
            .addVar("mounts", KernelTypes.MOUNTS)
            .addVar("root", KernelTypes.INODES_TYPE)
            .build();

    private final CelRuntime runtime =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    /**
     * Null if it is invalid; the faults then say why.
     *
     * @param checks whose matches it may name
     */
    @Nullable
    public Expression compile(Passage source, Collection<String> checks, Result wanted, Faults faults) {
        var builder = compiler.toCompilerBuilder();
        checks.forEach(check -> builder.addVar(check, KernelTypes.PROCESSES));
        CelValidationResult result = builder.build().compile(source.text());
        if (result.hasError()) {
            result.getErrors().forEach(issue -> report(issue, source, checks, faults));
            return null;
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            CelType type = tree.getResultType();
            if (!wanted.includes(type)) {
                faults.add(
                        source, "\"" + source.text() + "\" must result in " + wanted.words + ", not in " + name(type));
                return null;
            }
            Anatomy anatomy = Anatomy.of(tree);
            Set<String> named =
                    checks.stream().filter(anatomy.names()::contains).collect(Collectors.toUnmodifiableSet());
            return new Expression(source, type, runtime.createProgram(tree), anatomy, named);
        } catch (CelValidationException | CelEvaluationException e) {
            faults.add(source, "\"" + source.text() + "\": " + e.getMessage());
            return null;
        }
    }

    /** Null if an expression in it is invalid; the faults then say why. */
    @Nullable
    public Template template(Passage text, Collection<String> checks, Faults faults) {
        List<Expression> found = Template.placeholders(text).stream()
                .map(placeholder -> compile(placeholder, checks, Result.TEXT, faults))
                .filter(Objects::nonNull)
                .toList();
        return found.size() == Template.placeholders(text).size() ? new Template(text.text(), found) : null;
    }

    private static void report(CelIssue issue, Passage source, Collection<String> checks, Faults faults) {
        int line = Math.max(issue.getSourceLocation().getLine() - 1, 0);
        String text = source.text().lines().skip(line).findFirst().orElse("");
        String reason =
                Complaint.of(issue.getMessage(), issue.getSourceLocation().getColumn() + 1, text);
        String known = Complaint.isOfUnknownName(issue.getMessage()) ? "; known here are " + known(checks) : "";
        faults.add(source.below(line), reason + known);
    }

    private static String known(Collection<String> checks) {
        return "processes, namespaces, events, mounts, root"
                + (checks.isEmpty()
                        ? ", and the checks that \"needs\" lists (none)"
                        : checks.stream().sorted().collect(Collectors.joining(", ", ", ", "")));
    }

    private static String name(CelType type) {
        return type.parameters().isEmpty()
                ? type.name()
                : type.name() + type.parameters().stream().map(CelType::name).toList();
    }
}
