package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The experiments of the article about PID namespaces, typed as written there. What the panel shows is compared with
 * what ls, lsns, ps and pstree print in the sandbox.
 */
interface Article {
    /** A freshly opened page. */
    LabPage lab();

    private Tty first() {
        return lab().tty("tty1");
    }

    /** Compares a process's numbers in snapshot and panel with `ls -l /proc/PID/ns` and with its NSpid, seen from outside it. */
    private void verify(Tty outside, int pid) {
        var namespaces = lab().processInSnapshot(pid).get("namespaces");
        Map<String, Long> listed = outside.namespaces(pid);
        assertThat(listed).containsKeys("pid", "uts", "mnt", "net", "ipc", "user", "cgroup");
        listed.forEach((link, inode) -> assertThat(namespaces.get(link).asLong())
                .as(link + " of " + pid)
                .isEqualTo(inode));
        String nspid = outside.run("grep NSpid /proc/" + pid + "/status").getFirst();
        String pids = String.join(
                " ", lab().pidsInSnapshot(pid).stream().map(String::valueOf).toList());
        assertThat(nspid.replaceAll("\\s+", " ")).isEqualTo("NSpid: " + pids);
        assertThat(lab().process(pid)).hasAttribute("data-pids", pids);
    }

    @Test
    default void aUtsNamespaceWhoseUnshareIsReplacedByTheShell() {
        Tty tty = first();
        int parent = tty.pid();
        tty.run("unshare -u /bin/bash");
        int child = tty.pid();
        assertThat(tty.firstLine("pstree -p | grep grep"))
                .as("no unshare between the two shells")
                .contains("bash(" + parent + ")---bash(" + child + ")");
        assertThat(tty.number("ls -l /proc/" + child + "/ns|grep uts", "uts:\\[(\\d+)]"))
                .isNotEqualTo(tty.number("ls -l /proc/" + parent + "/ns|grep uts", "uts:\\[(\\d+)]"));
        verify(tty, child);
        verify(tty, parent);
        assertThat(lab().process(child)).containsText("uts " + tty.inode(child, "uts") % 1000);
    }

    @Test
    default void aPidNamespaceWhoseUnshareStaysOutside() {
        Tty tty = first();
        int shell = tty.pid();
        tty.run("unshare -p -f  --mount-proc /bin/bash");
        assertThat(tty.firstLine("pstree -p |grep grep")).startsWith("bash(1)-+-grep(");
        Tty second = lab().openTerminal("tty2");
        String tree = second.run("pstree -p " + shell).getFirst();
        assertThat(tree).matches("bash\\(" + shell + "\\)───unshare\\(\\d+\\)───bash\\(\\d+\\)");
        int unshare = numbers(tree).get(1);
        int inner = numbers(tree).get(2);
        long outerNamespace = second.inode(shell, "pid");
        assertThat(second.inode(unshare, "pid")).isEqualTo(outerNamespace);
        long innerNamespace = second.inode(inner, "pid");
        assertThat(innerNamespace).isNotEqualTo(outerNamespace);
        for (int pid : List.of(shell, unshare, inner)) {
            verify(second, pid);
        }
        assertThat(lab().pidsInSnapshot(inner)).isEqualTo(List.of(inner, 1));
        assertThat(lab().box(innerNamespace).locator("[data-testid=process]")).hasCount(1);
        assertThat(lab().box(innerNamespace).locator("[data-pid='" + inner + "']"))
                .isVisible();
        assertThat(lab().process(unshare)).containsText("pid " + innerNamespace % 1000);
        assertThat(second.run("lsns -n -t pid -o NS,NPROCS,PID").stream()
                        .map(line -> line.strip().split(" +", -1)))
                .contains(new String[] {"" + innerNamespace, "1", "" + inner});
    }

    private static List<Integer> numbers(String text) {
        return java.util.regex.Pattern.compile("\\((\\d+)\\)")
                .matcher(text)
                .results()
                .map(match -> Integer.parseInt(match.group(1)))
                .toList();
    }

    private void nest(Tty tty, String name) {
        tty.run("unshare -p -f -u --mount-proc /bin/bash");
        tty.run("hostname " + name);
        tty.run("exec bash");
    }

    @Test
    default void namespacesInNamespacesWithHostNames() {
        Tty tty = first();
        int shell = tty.pid();
        nest(tty, "namespace1");
        nest(tty, "namespace2");
        assertThat(tty.text()).endsWith("root@namespace2:~#");
        assertThat(tty.firstLine("pstree -p |grep grep")).startsWith("bash(1)-+-grep(");
        Tty second = lab().openTerminal("tty2");
        String tree = second.run("pstree -p " + shell).getFirst();
        assertThat(tree)
                .matches("bash\\(\\d+\\)───unshare\\(\\d+\\)───bash\\(\\d+\\)───unshare\\(\\d+\\)───bash\\(\\d+\\)");
        List<Integer> chain = numbers(tree);
        for (int pid : chain) {
            verify(second, pid);
        }
        assertThat(chain.stream().map(pid -> second.inode(pid, "pid")).distinct())
                .hasSize(3);
        assertThat(lab().pidsInSnapshot(chain.get(4))).hasSize(3).endsWith(1);
        long inner = second.inode(chain.get(2), "pid");
        long innermost = second.inode(chain.get(4), "pid");
        assertThat(lab().box(inner).locator("[data-testid=pid-namespace][data-inode='" + innermost + "']"))
                .isVisible();
        assertThat(lab().box(inner)).containsText("namespace1");
        assertThat(lab().box(innermost)).containsText("namespace2");
        assertThat(lab().snapshot()
                        .get("namespaces")
                        .valueStream()
                        .filter(namespace -> namespace.get("inode").asLong() == innermost)
                        .findFirst()
                        .orElseThrow()
                        .get("parent")
                        .asLong())
                .isEqualTo(inner);
    }

    @Test
    default void withoutMountProcTheParentsProcessesAreStillSeen() {
        Tty tty = first();
        tty.run("unshare -p -u -f /bin/bash");
        tty.run("hostname namepsace1");
        tty.run("exec bash");
        assertThat(tty.text()).endsWith("root@namepsace1:~#");
        assertThat(tty.run("pstree").getFirst()).startsWith("init───bash───unshare───bash───pstree");
        assertThat(tty.pid()).as("the shell itself knows that it is 1").isEqualTo(1);
        Tty second = lab().openTerminal("tty2");
        int inner = (int) second.number("pgrep -P $(pgrep -x unshare)", "(\\d+)");
        assertThat(lab().processInSnapshot(inner).get("procMount").asString()).isEqualTo("foreign");
        assertThat(lab().process(inner).getByTestId("foreign-proc")).isVisible();
        tty.run("unshare -m");
        tty.run("mount -t proc proc /proc");
        assertThat(tty.run("pstree -p").getFirst()).startsWith("bash(1)───").contains("pstree(");
        int remounted = (int) second.number("pgrep -P " + inner, "(\\d+)");
        assertThat(lab().processInSnapshot(remounted).get("procMount").asString())
                .isEqualTo("own");
    }

    @Test
    default void killingAnInitTakesItsNamespaceAndThoseInItAlong() {
        Tty tty = first();
        int shell = tty.pid();
        nest(tty, "namespace1");
        nest(tty, "namespace2");
        Tty second = lab().openTerminal("tty2");
        List<Integer> chain = numbers(second.run("pstree -p " + shell).getFirst());
        int init = chain.get(2);
        long namespace = second.inode(init, "pid");
        assertThat(second.run("lsns -t pid -o NS,TYPE,PID,COMMAND"))
                .anyMatch(line -> line.matches(namespace + " +pid +" + init + " .*bash"));
        second.run("kill -9 " + init);
        tty.await("root@lab:~# ?$", "the outermost shell's prompt"); // what unshare says of it differs with its version
        // The killed shell has left the terminal without echo.
        tty.enter("echo pid $$");
        tty.await("\\npid " + shell + "\\n", "its PID");
        assertThat(lab().box(namespace)).hasCount(0);
        for (int pid : chain.subList(1, 5)) {
            assertThat(lab().process(pid)).hasCount(0);
            assertThat(second.run("ps -o pid= -p " + pid)).isEmpty();
        }
    }

    @Test
    default void killChildSendsAnotherSignal() {
        Tty tty = first();
        int shell = tty.pid();
        tty.run("unshare -p -f -m -u --mount-proc --kill-child=SIGHUP /bin/bash");
        Tty second = lab().openTerminal("tty2");
        List<Integer> chain = numbers(second.run("pstree -p " + shell).getFirst());
        verify(second, chain.get(2));
        second.run("kill -9 " + chain.get(1));
        tty.await("root@lab:~# ?$", "the outermost shell's prompt"); // what unshare says of it differs with its version
        assertThat(lab().process(chain.get(2))).hasCount(0);
        assertThat(second.run("ps -o pid= -p " + chain.get(2))).isEmpty();
    }
}
