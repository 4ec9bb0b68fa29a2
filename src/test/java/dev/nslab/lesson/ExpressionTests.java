package dev.nslab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nslab.lesson.Expressions.Result;
import dev.nslab.linux.Mount;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.ProcMount;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTests {

    private static final Expressions EXPRESSIONS = new Expressions();
    private static final Namespace ROOT = new Namespace(
            NamespaceType.UTS,
            100,
            null,
            null,
            null,
            true,
            "lab",
            2,
            List.of("process"),
            List.of(),
            List.of(),
            List.of(),
            NamespaceMounts.NONE);
    private static final Mount TMPFS = new Mount(
            21,
            20,
            "0:52",
            "/mnt",
            "/",
            "tmpfs",
            "secret",
            List.of("rw"),
            List.of("rw", "size=64k"),
            "shared",
            7,
            null);
    private static final Namespace MOUNTS = new Namespace(
            NamespaceType.MNT,
            102,
            null,
            null,
            null,
            true,
            null,
            2,
            List.of("process"),
            List.of(),
            List.of(),
            List.of(),
            new NamespaceMounts(null, List.of(), List.of(), 0, List.of(TMPFS)));
    private static final SandboxProcess SHELL = new SandboxProcess(
            2,
            List.of(2),
            1,
            "bash",
            List.of("-bash"),
            "S",
            "pts/0",
            0,
            "tty1",
            true,
            Map.of("uts", 101L),
            ProcMount.OWN,
            "/",
            1,
            List.of(),
            List.of("SIGINT", "SIGRTMIN+3"),
            List.of(),
            List.of("SIGTERM"),
            List.of(TMPFS));
    private static final SandboxProcess ZOMBIE = new SandboxProcess(
            3,
            List.of(3),
            2,
            "true",
            List.of(),
            "Z",
            null,
            0,
            null,
            false,
            Map.of(),
            null,
            null,
            1,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    private static final ExpressionInput FACTS = new ExpressionInput(
            new Snapshot("s", 1, List.of(ROOT, MOUNTS), List.of(SHELL, ZOMBIE)),
            List.of(Event.call(
                    1, Instant.EPOCH, 2, 2, "bash", "unshare", List.of("CLONE_NEWPID"), null, null, null, 103L)),
            Set.of(3));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processes.exists(p, p.namespaces.uts != root.uts && p.terminal == \"tty1\")",
                "processes.filter(p, p.namespaces.uts != root.uts).map(p, p.pid) == [2]",
                "processes.filter(p, p.foreground).map(p, p.pid) == [2]",
                "processes.exists(p, p.tty == null && p.procMount == null)",
                "processes[0].arguments[0].matches(\"^-b(a+)sh$\") && processes[0].procMount == \"own\"",
                "namespaces.exists(n, n.type == \"uts\" && n.sandboxRoot && n.hostname == \"lab\" && n.id == null)",
                "namespaces[0].holders == [] && namespaces[0].interfaces == []",
                "events.exists(e, e.type == \"event\" && \"CLONE_NEWPID\" in e.flags && e.target == null)",
                "events.exists(e, e.number == null && e.namespace == 103)",
                "processes.filter(p, p.recent).map(p, p.pid) == [2]",
                "mounts.exists(m, m.point == \"/mnt\" && \"size=64k\" in m.superOptions && m.peerGroup == 7)",
                "mounts.exists(m, m.device == \"0:52\")",
                "processes[0].mounts.exists(m, m.type == \"tmpfs\" && m.master == null) && processes[1].mounts == []",
                "namespaces[0].mounts == [] && namespaces.exists(n, n.mounts.exists(m, m.propagation == \"shared\"))",
                "processes[0].root == \"/\" && processes[1].root == null && processes[0].threads == 1",
                "\"SIGRTMIN+3\" in processes[0].caught && processes[0].ignored == [\"SIGTERM\"]",
                "events[0].outcome == \"\" && events[0].point == null",
                "processes.all(p, p.namespaces.pid_for_children == root.pid)"
            })
    void areTrue(String source) {
        assertThat(compile(source).isTrue(FACTS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"processes[9].pid == 1", "1 / (size(events) - 1) == 0", "processes[1].tty.startsWith(\"pts\")"})
    void whatCannotBeToldIsNotTrue(String source) {
        assertThat(compile(source).isTrue(FACTS)).isFalse();
    }

    @Test
    void costIsLimited() {
        List<SandboxProcess> many = IntStream.range(0, 250).mapToObj(_ -> SHELL).toList();
        ExpressionInput crowd = new ExpressionInput(new Snapshot("s", 1, List.of(ROOT), many), List.of(), Set.of());
        String dear = "processes.all(p, processes.all(q, processes.all(r, p.pid == q.pid && q.pid == r.pid)))";
        assertThat(compile(dear).isTrue(crowd)).isFalse();
        assertThatThrownBy(() -> compile(dear).value(crowd)).hasMessageContaining("steps");
        assertThat(compile("processes.all(p, processes.exists(q, p.pid == q.pid))")
                        .isTrue(crowd))
                .isTrue();
    }

    @Test
    void sizeIsLimited() {
        String source = "\"a\"";
        for (int level = 0; level < 6; level++) {
            source = "[" + source + "].map(a, a + a + a + a + a + a + a + a)[0]";
        }
        String doubled = source + " != \"\"";
        assertThatThrownBy(() -> compile(doubled).value(FACTS)).hasMessageContaining("100000");
        Faults faults = new Faults();
        assertThat(EXPRESSIONS.compile(passage("1 == " + "1 + ".repeat(2000) + "1"), List.of(), Result.TRUTH, faults))
                .isNull();
        assertThat(faults.isEmpty()).isFalse();
    }

    @Test
    void canBeUsedByManyThreadsAtOnce() {
        Expression expression = compile("processes.filter(p, p.pid == 2)[0].command == \"bash\"");
        assertThat(Stream.generate(() -> expression).parallel().limit(2_000).allMatch(one -> one.isTrue(FACTS)))
                .isTrue();
    }

    private static Expression compile(String source) {
        Faults faults = new Faults();
        Expression expression = EXPRESSIONS.compile(passage(source), List.of(), Result.TRUTH, faults);
        return Objects.requireNonNull(expression, () -> faults.inOrder().toString());
    }

    private static Passage passage(String source) {
        return new Passage(source, "lesson.yaml", 1);
    }
}
