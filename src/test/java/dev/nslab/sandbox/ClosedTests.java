package dev.nslab.sandbox;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Everything is tried as the learner's root and, if it depends on namespaces, as the root of new ones in the sandbox.
 * What is open is compared with a list in src/test/resources/closed, so that additions of a new kernel show, and so do
 * holes in the filter.
 */
@Tag("sandbox")
class ClosedTests extends UnderAttack {
    /** New namespaces of every type that files in /proc and file systems depend on. */
    private static final String NESTED = "unshare -UrnmipCf ";

    private void compare(String list, String program) {
        bring(console, "ranges", program);
        OpenList.of(list).isWhatIsOpen(Map.of("in the sandbox", console.run("perl /tmp/" + program + " 2>&1")));
    }

    private void compareInNamespacesToo(String list, String program) {
        bring(console, "ranges", program);
        Map<String, String> found = new TreeMap<>();
        found.put("in the sandbox", console.run("perl /tmp/" + program + " 2>&1"));
        found.put("in namespaces in it", console.run(NESTED + "perl /tmp/" + program + " 2>&1"));
        OpenList.of(list).isWhatIsOpen(found);
    }

    @Test
    void sockets() {
        compareInNamespacesToo("sockets", "every-socket");
    }

    @Test
    void options() {
        compare("options", "every-option");
    }

    @Test
    void disciplines() {
        compare("disciplines", "every-discipline");
    }

    @Test
    void filesystems() {
        compareInNamespacesToo("filesystems", "every-filesystem");
    }

    @Test
    void proc() {
        compareInNamespacesToo("proc", "every-proc");
    }

    @Test
    void files() {
        compare("files", "every-file");
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    void calls() {
        console.run("cat > /tmp/calls.txt <<'END'\n" + OpenList.source("calls") + "END");
        compare("calls", "every-call");
    }
}
