package dev.nslab.progress;

import dev.nslab.catalogue.LessonFolder;
import dev.nslab.catalogue.LessonReader;
import dev.nslab.catalogue.LessonsFolder;
import dev.nslab.catalogue.Reading;
import dev.nslab.lesson.Check;
import dev.nslab.lesson.ExpressionInput;
import dev.nslab.lesson.Lesson;
import dev.nslab.lesson.Step;
import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.NamespaceMounts;
import dev.nslab.namespace.ProcMount;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lesson in {@code own-lessons/trial}, and snapshots for it that are written by hand: a sandbox with an init, a
 * bash, and what a test adds.
 */
final class PlainLesson {

    /** The inodes of the sandbox's own UTS namespace, and of one that a learner made. */
    static final long OUTER = 100;

    static final long INNER = 101;

    static final Lesson LESSON = read();

    /** A process in the learner's UTS namespace. */
    static final SandboxProcess INNER_BASH = process(7, "bash", INNER);

    private PlainLesson() {}

    private static Lesson read() {
        LessonFolder folder = new LessonsFolder(Path.of("src/test/resources/own-lessons/trial"))
                .read()
                .getFirst();
        return ((Reading.Good) new LessonReader().read(folder)).lesson();
    }

    static Step step(String id) {
        return LESSON.step(id).orElseThrow();
    }

    static Check check(String id) {
        return LESSON.check(id);
    }

    static Notebook notebook() {
        return new Notebook(new Notebook.Key("learner", LESSON.id()), _ -> {});
    }

    static SandboxProcess process(int pid, String command, long uts) {
        return new SandboxProcess(
                pid,
                List.of(pid),
                1,
                command,
                List.of(command),
                "S",
                "pts/0",
                0,
                null,
                false,
                Map.of("uts", uts),
                ProcMount.OWN,
                "/",
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static Snapshot snapshot(SandboxProcess... more) {
        return snapshot("lab", more);
    }

    /** @param hostname of the learner's UTS namespace */
    static Snapshot snapshot(String hostname, SandboxProcess... more) {
        List<SandboxProcess> processes =
                new ArrayList<>(List.of(process(1, "unshare-helper", OUTER), process(2, "bash", OUTER)));
        processes.addAll(List.of(more));
        return new Snapshot("s", 1, List.of(uts(OUTER, true, "lab"), uts(INNER, false, hostname)), processes);
    }

    private static Namespace uts(long inode, boolean sandboxRoot, String hostname) {
        return new Namespace(
                NamespaceType.UTS,
                inode,
                null,
                null,
                null,
                sandboxRoot,
                hostname,
                1,
                List.of("process"),
                List.of(),
                List.of(),
                List.of(),
                NamespaceMounts.NONE);
    }

    /** What expressions can ask for in that snapshot while no check has found anything. */
    static ExpressionInput facts(Snapshot snapshot) {
        return new ExpressionInput(snapshot, List.of(), Set.of());
    }
}
