package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nslab.linux.Poller;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What a learner can see and reach, tried from inside as the learner's root, with a neighbour beside it. */
@Tag("sandbox")
@TestInstance(Lifecycle.PER_CLASS)
class IsolationTests {
    private Poller poller;
    private Sandboxes sandboxes;
    private Console console;
    private Console neighbour;

    @BeforeAll
    void start() throws Exception {
        poller = new Poller("test poller");
        sandboxes = new Sandboxes(TestLimits.DEFAULT, poller, TestHelper.program());
        console = Console.open(sandboxes.start("lab"));
        neighbour = Console.open(sandboxes.start("lab"));
    }

    @AfterAll
    void end() {
        sandboxes.close();
        poller.close();
    }

    @Test
    void onlyItsOwnProcessesAreThere() {
        neighbour.run("sleep 12345 & true");
        assertThat(console.run("ps -eo comm= > /tmp/seen; sort -u /tmp/seen")).isEqualTo("bash\ninit\nps\n");
    }

    @Test
    void noFileOfTheServerIsThere(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "of the server");
        assertThat(console.run("ls -A /mnt /srv /var/log; ls -A1 /root"))
                .isEqualTo("/mnt:\n\n/srv:\n\n/var/log:\n.bashrc\n.profile\n");
        assertThat(console.run("cat " + secret)).contains("No such file or directory");
        assertThat(console.run("awk '$2 !~ \"^/(proc|sys|usr|etc/|dev/|opt/|bin|sbin|lib)\" {print $2}' /proc/mounts"))
                .isEqualTo("/\n");
    }

    @Test
    void theMachinesFilesCannotBeWritten() {
        assertThat(console.run("touch /usr/bin/evil /etc/alternatives/evil 2>&1 | grep -c 'Read-only file system'"))
                .isEqualTo("2\n");
        assertThat(console.run("echo evil > /dev/sda; ls /dev"))
                .doesNotContain("\nsda\n")
                .contains("null");
    }

    @Test
    void theOnlyNetworkInterfaceIsItsOwnLoopback() {
        assertThat(console.run("ip -o link | awk '{print $2, $9}'")).isEqualTo("lo: UNKNOWN\n");
        assertThat(console.run("ip route; ip -6 route | grep -v ' lo '; true")).isEmpty();
    }

    @Test
    void theTerminalsOfOthersAreNotThere() {
        assertThat(console.run("ls -1 /dev/pts")).isEqualTo("0\nptmx\n");
        assertThat(neighbour.run("tty")).isEqualTo("/dev/pts/0\n");
        console.run("echo written by the other > /dev/pts/0");
        assertThat(neighbour.run("true")).isEmpty();
    }

    @Test
    void itsInitCanNotBeKilled() {
        // Sleeping, running or waiting in the kernel: alive, and not stopped.
        assertThat(console.run("for s in KILL TERM STOP INT SEGV; do kill -$s 1; done; ps -o state= -p 1"))
                .matches("[SRD]\n");
    }

    @Test
    void itsInitCanNotBeRead() {
        for (String file : new String[] {"environ", "mem", "maps", "auxv", "syscall", "stack"}) {
            assertThat(console.run("cat /proc/1/" + file + " 2>&1 >/dev/null"))
                    .as(file)
                    .matches("(?s).*(denied|not permitted|Input/output error|No such file).*");
        }
        for (String link : new String[] {"exe", "cwd", "root", "ns/pid", "ns/user"}) {
            assertThat(console.run("readlink /proc/1/" + link + " || echo unreadable"))
                    .as(link)
                    .isEqualTo("unreadable\n");
        }
        assertThat(console.run("ls /proc/1/fd 2>&1 | head -1")).contains("Permission denied");
    }

    @Test
    void itsInitCanNotBeTraced() {
        String call =
                "case $(uname -m) in x86_64) n=101;; aarch64) n=117;; esac; perl -e 'print syscall($ARGV[0]+0, $ARGV[1]+0, $ARGV[2]+0, 0, 0), \" \", $!+0, \"\\n\"' $n";
        assertThat(console.run(call + " 16 1")).as("PTRACE_ATTACH").isEqualTo("-1 1\n");
        assertThat(console.run(call + " 16902 1")).as("PTRACE_SEIZE").isEqualTo("-1 1\n");
        assertThat(console.run("(sleep 1000 & " + call + " 16 $!; kill -9 $!)"))
                .as("its own processes can be")
                .isEqualTo("0 0\n");
    }

    @Test
    void namespacesOfOthersCanNotBeEntered() {
        // By a file of /proc, or since util-linux 2.41 by a pidfd.
        assertThat(console.run("nsenter -t 1 -m echo entered 2>&1"))
                .containsPattern("Permission denied|Operation not permitted")
                .doesNotContain("entered");
        assertThat(neighbour.run("readlink /proc/self/ns/pid")).isNotEqualTo(console.run("readlink /proc/self/ns/pid"));
    }
}
