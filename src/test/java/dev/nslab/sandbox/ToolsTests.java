package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that people use do in a sandbox what they are for. If a program can't, its own message is expected, so that
 * a change shows either way.
 */
@Tag("sandbox")
class ToolsTests extends UnderAttack {
    /**
     * Programs that `lab` installs: LESSON_TOOLS, and those TEST_TOOLS that learners use. Others are tried if they are
     * installed.
     */
    private static final Set<String> INSTALLED_BY_LAB = Set.of(
            "unshare",
            "ps",
            "pstree",
            "ip",
            "hostname",
            "newuidmap",
            "less",
            "nano",
            "vim",
            "tmux",
            "strace",
            "ping",
            "man",
            "busybox");

    /** Shell functions to test full-screen programs: {@code screen COMMAND}, {@code sees TEXT}, {@code keys KEY...}. */
    private static final String SCREEN = """
            screen() { tmux new-session -d -s t "$@"; }
            sees() { until tmux capture-pane -p -t t | grep -q -e "$1"; do sleep 0.05; done; echo "$1"; }
            keys() { tmux send-keys -t t "$@"; }
            """;

    static Stream<Arguments> tools() {
        return Stream.of(network(), tracers(), screens(), namespaces(), others())
                .flatMap(all -> all);
    }

    private static Stream<Arguments> network() {
        return Stream.of(
                tool(
                        "ip link, ip addr",
                        "ip addr add 10.0.0.1/24 dev lo; ip -br addr show lo",
                        "lo +UNKNOWN .* 10.0.0.1/24"),
                tool(
                        "ip link add",
                        "ip link add v0 type veth peer name v1; ip link set v0 up; ip -br link",
                        "v0@v1 .*M-DOWN"),
                tool(
                        "ip route, rule, neigh",
                        "ip route add 10.9.0.0/16 dev lo; ip route; ip rule; ip neigh",
                        "10.9.0.0/16 dev lo .*\n0:.*local"),
                tool(
                        "ip monitor",
                        "ip monitor link > /tmp/m & until ip link set lo mtu 1234 && grep -q 1234 /tmp/m; do ip link set lo mtu 1400; done; echo heard",
                        "heard\n"),
                tool(
                        "ip netns",
                        "ip netns add blue; ip link add v0 type veth peer name v1 netns blue; ip netns list; nsenter --net=/run/netns/blue ip -br link; ip netns del blue; ip netns list; echo gone",
                        "^blue.*\n(?s:.*)v1@if.*\n(lo .*\n)?gone\n$"),
                // This mounts a sysfs, which the kernel allows in a user namespace only if another one is wholly
                // visible.
                tool(
                        "ip netns exec",
                        "ip netns add blue; ip netns exec blue ip -br link",
                        "^(lo .*|mount of /sys failed: Operation not permitted)\n$"),
                // The kernel may lack fq_codel.
                tool(
                        "tc qdisc",
                        "tc qdisc add dev lo root pfifo limit 10; tc qdisc show dev lo; tc qdisc replace dev lo root fq_codel; tc qdisc show dev lo",
                        "pfifo .*limit 10p\n(?s:.*)(fq_codel .*target|qdisc kind is unknown)"),
                tool(
                        "ss",
                        "perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1, LocalAddr => \"127.0.0.1:4321\"); print qx(ss -Htlnp 2>&1)'",
                        "^LISTEN .* 127.0.0.1:4321 .*users:\\(\\(\"perl\",pid=\\d+,fd=3\\)\\)\n$"),
                tool("ping", "ping -c 1 -W 5 127.0.0.1; ping -c 1 -W 5 ::1", "(?s)1 received.*1 received"),
                // libpcap captures only by a ring of packets.
                tool(
                        "tcpdump",
                        "tcpdump -d icmp | tail -1; timeout 10 tcpdump -i lo -c 1",
                        "ret +#0\n(?s:.*)can't create rx ring on packet socket"));
    }

    private static Stream<Arguments> tracers() {
        return Stream.of(
                tool(
                        "strace -f",
                        "strace -f -e trace=execve sh -c '/bin/true; /bin/echo hi'",
                        "(?s)\\[pid +\\d+\\] execve\\(\"/bin/true\".*\nhi\n.*\\+\\+\\+ exited with 0 \\+\\+\\+\n$"),
                tool(
                        "strace -p",
                        "sleep 1000 & traced=$!; strace -o /tmp/s -p $traced & until grep -q 'TracerPid:.[1-9]' /proc/$traced/status; do :; done; kill $traced; wait; cat /tmp/s",
                        "killed by SIGTERM"),
                tool(
                        "strace -e inject",
                        "strace -o /dev/null -e inject=geteuid:retval=42 id -u; strace -o /dev/null -e inject=uname:error=EPERM uname",
                        "^42\n.*[Nn]ot permitted"),
                tool(
                        "gdb -p",
                        "sleep 1000 & gdb -nx -batch -p $! -ex 'print 6 * 7' -ex detach; kill $!",
                        "(?s)\\$1 = 42\n.*detached"),
                tool(
                        "gdb of its own",
                        "gdb -nx -batch -ex run -ex 'print $_exitcode' --args /bin/true",
                        "(?s)exited normally.*\\$1 = 0\n"));
    }

    private static Stream<Arguments> screens() {
        return Stream.of(
                tool(
                        "tmux",
                        "screen 'echo in-${TMUX:+tmux}; exec cat'; sees in-tmux; keys typed Enter; sees typed",
                        "in-tmux\ntyped\n"),
                tool("vim -es", "echo one > /tmp/v; vim -es -u NONE -c s/one/two/ -c wq /tmp/v; cat /tmp/v", "^two\n"),
                tool(
                        "vim",
                        "screen vim -u NONE /tmp/v; sees '^~'; keys ihello Escape; keys :wq Enter; until grep -s hello /tmp/v; do :; done",
                        "hello\n"),
                tool(
                        "nano",
                        "screen nano /tmp/n; sees GNU; keys hello; sees hello; keys C-x; sees Save; keys y; sees Write; keys Enter; until grep -s hello /tmp/n; do :; done",
                        "Write\nhello\n"),
                tool(
                        "less",
                        "seq 500 > /tmp/l; screen less /tmp/l; sees /tmp/l; keys G; sees END; sees ^500",
                        "END\n\\^500\n"),
                tool(
                        "top",
                        "screen top; sees COMMAND; keys q; top -b -n 1 | grep init",
                        "(?s)COMMAND.* 1 root .*init\n"));
    }

    private static Stream<Arguments> namespaces() {
        return Stream.of(
                tool("unshare -Ur", "unshare -Ur id -u", "^0\n"),
                tool("unshare -pf", "unshare -pf --mount-proc ps -o pid,comm", "^ +PID COMMAND\n +1 ps\n$"),
                tool("unshare -u", "unshare -u sh -c 'hostname inside; hostname'; hostname", "^inside\nlab\n$"),
                tool(
                        "nsenter",
                        "unshare -u sleep 1000 & until [ $(readlink /proc/$!/ns/uts) != $(readlink /proc/self/ns/uts) ]; do :; done; nsenter -t $! -u hostname other; nsenter -t $! -u hostname; nsenter -t $! -a hostname; hostname; kill $!",
                        "other\nother\nlab\n"),
                tool(
                        "lsns",
                        "unshare -u sleep 1000 & until lsns -t uts | grep sleep; do :; done; kill $!",
                        "uts .*sleep 1000\n"),
                tool(
                        "newuidmap",
                        "unshare -U sleep 1000 & until [ $(readlink /proc/$!/ns/user) != $(readlink /proc/self/ns/user) ]; do :; done; echo root:0:1 > /etc/subuid; newuidmap $! 0 0 1; cat /proc/$!/uid_map; kill $!",
                        " 0 +0 +1\n"),
                tool(
                        "mount, findmnt, umount",
                        "mount -t tmpfs -o size=1m mine /mnt; findmnt -no FSTYPE,SOURCE /mnt; umount /mnt; findmnt /mnt || echo gone",
                        "^tmpfs +mine\ngone\n$"),
                tool(
                        "mount --bind, remount",
                        "mount --bind /etc /mnt; mount -o remount,bind,ro /mnt; touch /mnt/x; umount /mnt; touch /etc/x && ls /etc/x",
                        "Read-only file system\n/etc/x\n$"),
                tool("mount --make-shared", "mount --make-shared /; findmnt -no PROPAGATION /", "^shared\n$"),
                tool(
                        "mount -t overlay",
                        "mkdir /tmp/{u,w}; mount -t overlay -o lowerdir=/etc,upperdir=/tmp/u,workdir=/tmp/w none /mnt; touch /mnt/new; ls /tmp/u",
                        "^new\n$"),
                tool("setpriv", "setpriv --bounding-set=-net_admin ip link set lo down", "Operation not permitted"));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                tool("ps, pstree", "pstree -p 1; ps -eo pid,comm", "init\\(1\\).*pstree(?s:.*)  1 init\n +\\d+ bash\n"),
                tool("free, uptime", "free -m; uptime", "(?s)Mem: .*load average"),
                tool(
                        "perl's threads",
                        "perl -Mthreads -e 'print threads->create(sub { 6 * 7 })->join, qq(\\n)'",
                        "^42\n$|locate threads.pm|not built to support threads"),
                tool(
                        "python3",
                        "python3 -c 'import multiprocessing, socket, subprocess; print(subprocess.check_output([\"echo\", \"hi\"]), socket.gethostname(), multiprocessing.Pool(2).map(abs, [-1, -2]))'",
                        "^b'hi\\\\n' lab \\[1, 2\\]\n$"),
                tool(
                        "find, xargs -P",
                        "find /usr -type f 2>/dev/null | head -1000 > /tmp/f; xargs -P4 -n50 cat < /tmp/f | wc -c; xargs cat < /tmp/f | wc -c",
                        "^(\\d+)\n\\1\n$"),
                tool("ipcmk, ipcs", "ipcmk -Q; ipcs -q", "id: 0\n(?s:.*)0x\\w+ +0 +root"));
    }

    /** The first word of the name is the program, which must be installed. */
    private static Arguments tool(String name, String command, String says) {
        String program = List.of(name.split("[ ,']", -1)).getFirst();
        boolean installed =
                Stream.of("/usr/bin", "/usr/sbin").anyMatch(folder -> Files.exists(Path.of(folder, program)));
        return Arguments.of(installed ? name : name + ": not installed here", program, installed, command, says);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tools(String name, String program, boolean installed, String command, String says) {
        assertThat(installed || !INSTALLED_BY_LAB.contains(program)).as(name).isTrue();
        assumeTrue(installed, name);
        console.run(SCREEN);
        assertThat(console.run("{ " + command + "; } 2>&1")).containsPattern(says);
    }
}
