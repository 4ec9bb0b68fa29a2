package dev.nslab.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.ProcFs;
import dev.nslab.linux.UidMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens with real processes only once in a thousand times, on a proc file system that is made by hand. */
class SandboxScanTests {

    private static final int INIT = 500;
    private static final long START = 77;

    @TempDir
    Path root;

    @BeforeEach
    void makeInit() throws IOException {
        process(INIT, 1, "500\t1", "");
        write(INIT, "uid_map", "0 100000 65536\n");
    }

    private void process(int pid, int parent, String pids, String children) throws IOException {
        write(pid, "stat", pid + " (p) S " + parent + " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 " + START + " 0\n");
        write(pid, "status", "Uid:\t1\t100007\t1\t1\nNSpid:\t%1$s\nNSsid:\t%1$s\nSigCgt:\t0\n".formatted(pids));
        write(pid, "cmdline", "p\0");
        write(pid, "task/" + pid + "/children", children);
    }

    private void write(int pid, String file, String text) throws IOException {
        Path path = root.resolve(Integer.toString(pid)).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<ObservedProcess> scan() {
        ProcFs proc = new ProcFs(root);
        UidMap uids = proc.uidMap(INIT);
        return List.copyOf(new SandboxScan(proc, new SandboxRoot(INIT, Map.of("uts", 42L)), uids).run(START));
    }

    private List<Integer> pids() {
        return scan().stream().map(ObservedProcess::pid).toList();
    }

    @Test
    void walksDownFromTheInit() throws IOException {
        process(INIT, 1, "500\t1", "501 502 ");
        process(501, INIT, "501\t2", "");
        process(502, INIT, "502\t3", "503 ");
        process(503, 502, "503\t4\t1", "");
        assertThat(pids()).containsExactly(1, 2, 3, 4);
        ObservedProcess nested = scan().getLast();
        assertThat(nested.pids()).containsExactly(4, 1);
        assertThat(nested.parent()).isEqualTo(3);
        assertThat(nested.uid()).isEqualTo(7);
        assertThat(nested.session()).isEqualTo(4);
    }

    @Test
    void takesTheInitsNamespacesFromItselfWhereTheyCanNotBeRead() {
        assertThat(scan())
                .singleElement()
                .satisfies(init -> assertThat(init.namespaces()).isEqualTo(Map.of("uts", 42L)));
    }

    @Test
    void leavesOutWhoIsGone() throws IOException {
        process(INIT, 1, "500\t1", "501 502 ");
        process(502, INIT, "502\t3", "");
        assertThat(pids()).containsExactly(1, 3);
    }

    @Test
    void leavesOutWhoGotThePidOfOneThatIsGone() throws IOException {
        process(INIT, 1, "500\t1", "501 502 503 ");
        process(501, 1, "501", ""); // a process of the machine
        process(502, 9000, "502\t8", ""); // a process of another sandbox
        process(503, INIT, "503\t4", "");
        assertThat(pids()).containsExactly(1, 4);
    }

    @Test
    void isNotLedInCircles() throws IOException {
        process(INIT, 1, "500\t1", "501 501 ");
        process(501, INIT, "501\t2", "500 501 ");
        assertThat(pids()).containsExactly(1, 2);
    }

    @Test
    void goesAsDeepAsALearnerLikes() throws IOException {
        int depth = 500;
        process(INIT, 1, "500\t1", "501 ");
        for (int pid = 501; pid < 501 + depth; pid++) {
            process(pid, pid - 1, pid + "\t" + (pid - 499), (pid + 1) + " ");
        }
        assertThat(scan()).hasSize(1 + depth);
    }

    @Test
    void takesNoOtherProcessForTheInit() throws IOException {
        process(INIT, 1, "500", "");
        assertThat(scan()).isEmpty();
        process(INIT, 1, "500\t1", "");
        write(INIT, "stat", "500 (p) S 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 " + (START + 1) + " 0\n");
        assertThat(scan()).isEmpty();
    }

    @Test
    void isEmptyWithoutAnInit() throws IOException {
        Files.delete(root.resolve(INIT + "/status"));
        assertThat(scan()).isEmpty();
    }
}
