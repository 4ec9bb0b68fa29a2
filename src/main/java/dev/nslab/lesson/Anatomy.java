package dev.nslab.lesson;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.HashSet;
import java.util.Set;

/**
 * The parts that an expression is made of.
 *
 * @param names of variables, including those of its loops
 * @param fields that it reads
 * @param literals numbers and texts
 * @param isReading whether it only reads something, and compares nothing
 */
public record Anatomy(Set<String> names, Set<String> fields, Set<Object> literals, boolean isReading) {

    private static final Set<String> READING = Set.of("_[_]", "size", "string", "int");

    static Anatomy of(CelAbstractSyntaxTree tree) {
        Set<String> names = new HashSet<>();
        Set<String> fields = new HashSet<>();
        Set<Object> literals = new HashSet<>();
        boolean[] reading = {true};
        CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> {
            CelExpr part = node.expr();
            switch (part.getKind()) {
                case IDENT -> names.add(part.ident().name());
                case SELECT -> fields.add(part.select().field());
                case CONSTANT -> addLiteral(part.constant(), literals);
                case CALL -> reading[0] &= READING.contains(part.call().function());
                case COMPREHENSION -> reading[0] = false;
                default -> {}
            }
        });
        return new Anatomy(Set.copyOf(names), Set.copyOf(fields), Set.copyOf(literals), reading[0]);
    }

    private static void addLiteral(CelConstant constant, Set<Object> literals) {
        switch (constant.getKind()) {
            case INT64_VALUE -> literals.add(constant.int64Value());
            case STRING_VALUE -> literals.add(constant.stringValue());
            default -> {}
        }
    }
}
