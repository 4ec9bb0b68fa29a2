package dev.nslab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The outcomes of calls that are made in real shells. */
@LabTest
class OutcomeTests {

    /**
     * Mounts and unmounts in random order, with and without success, fast and slowly, by itself and by children that
     * end at once. Then prints for each call who made it, and whether it succeeded.
     */
    private static final String RANDOM_MOUNTS = """
            my ($mount, $umount) = (split / /, `uname -m` =~ /x86_64/ ? "165 166" : "40 39");
            my ($name, $seed) = @ARGV; srand $seed; my @log; my @up;
            mkdir "/tmp/shared/$name$_" for 1..3; pipe my $in, my $out; $out->autoflush(1);
            sub call { my ($call, $at) = @_; my $type = "tmpfs";
              my $ok = $call eq "mount" ? syscall($mount, $name, $at, $type, 0, 0) : syscall($umount, $at, 0);
              print $out "$$ $call $at " . ($ok == 0 ? "ok" : "failed") . "\\n"; }
            for my $turn (1..20) {
              my $at = rand() < 0.3 ? "/tmp/shared/no$turn" : "/tmp/shared/$name" . (1 + int rand 3);
              my $call = rand() < 0.6 ? "mount" : "umount";
              if (rand() < 0.5) { my $child = fork; if (!$child) { call($call, $at); exec "true" } waitpid $child, 0 } else { call($call, $at) }
              select undef, undef, undef, rand() < 0.3 ? rand(0.02) : 0.4 + rand(0.4);
            }
            close $out; print "LOG $_" while <$in>; print "log is", " over\\n"; sleep 1000;
            """;

    private final LabClient client;
    private String sandbox = "";
    private TestSocket watch;
    private TestSocket shell;
    private int lines;

    OutcomeTests(@LocalServerPort int port) {
        client = new LabClient(port);
        watch = new TestSocket();
        shell = watch;
    }

    @BeforeEach
    void start() {
        sandbox = client.sandbox();
        watch = client.watch(sandbox);
        watch.message("snapshot");
        shell = client.attach(client.terminal(sandbox));
        run("true");
    }

    @AfterEach
    void end() {
        client.close();
    }

    /** Runs the line, and waits until the shell is done with it. */
    private void run(String line) {
        lines++;
        shell.type(line + "; echo line $((" + lines + " + 0)) 'is over'\r");
        shell.expect("line " + lines + " is over");
    }

    /** The outcome of the last call of that name that the line makes. */
    private JsonNode outcome(String line, String syscall) {
        watch.forget();
        run(line);
        long event = events(syscall).getLast().get("id").asLong();
        return watch.message(message -> isOutcome(message, event), "what became of " + line);
    }

    private List<JsonNode> events(String syscall) {
        watch.message(message -> message.path("syscall").asString("").equals(syscall), syscall);
        return watch.messages().stream()
                .filter(message -> message.path("syscall").asString("").equals(syscall))
                .toList();
    }

    private static boolean isOutcome(JsonNode message, long event) {
        return message.get("type").asString().equals("outcome")
                && message.get("event").asLong() == event;
    }

    /** Whether the call's outcome is still unknown when that of a later call is known. */
    private boolean staysOpen(String line, String syscall) {
        watch.forget();
        run(line);
        long event = events(syscall).getLast().get("id").asLong();
        run("mount -t tmpfs none /nowhere");
        JsonNode last = watch.message(
                message -> message.path("syscall").asString("").equals("mount")
                        && message.get("id").asLong() > event,
                "a bad mount");
        watch.message(message -> isOutcome(message, last.get("id").asLong()), "what became of a bad mount");
        return watch.messages().stream().noneMatch(message -> isOutcome(message, event));
    }

    private static String words(JsonNode outcome) {
        List<String> words = new ArrayList<>();
        for (String field : List.of("outcome", "point", "fileSystem", "source")) {
            words.add(outcome.path(field).asString("-"));
        }
        return String.join(" ", words);
    }

    @Test
    void ofAThreadThatLeavesItsProcess() {
        String line =
                "perl -Mthreads -e 'threads->create(sub { syscall(%d, 0x4000000) == 0 or die; sleep 1000 })->join' & true"
                        .formatted(System.getProperty("os.arch").equals("aarch64") ? 97 : 272);
        assertThat(words(outcome(line, "unshare"))).isEqualTo("joined - - -");
        assertThat(events("unshare").getLast().has("tid")).isTrue();
    }

    @Test
    void ofMounts() {
        assertThat(words(outcome("mount -t tmpfs secret /mnt", "mount"))).isEqualTo("mounted /mnt tmpfs secret");
        assertThat(words(outcome("mount -t tmpfs x /nope", "mount"))).isEqualTo("none - - -");
        assertThat(words(outcome("cd /mnt; umount /mnt", "umount2"))).isEqualTo("none - - -");
        assertThat(words(outcome("mount -t tmpfs second /mnt", "mount"))).isEqualTo("mounted /mnt tmpfs second");
        assertThat(words(outcome("cd; umount -l /mnt", "umount2"))).isEqualTo("unmounted /mnt - -");
        assertThat(words(outcome("mkdir /tmp/a /tmp/b; mount --bind /tmp/a /tmp/b", "mount")))
                .isEqualTo("mounted /tmp/b tmpfs nslab");
        assertThat(words(outcome("mount -o remount,bind,ro /tmp/b", "mount"))).isEqualTo("remounted /tmp/b - -");
        assertThat(words(outcome("mount --make-shared /tmp/b", "mount"))).isEqualTo("remounted /tmp/b - -");
        assertThat(staysOpen("mount --make-shared /tmp/b", "mount")).isTrue();
        assertThat(words(outcome("mkdir /tmp/all; mount --rbind /dev /tmp/all", "mount")))
                .startsWith("mounted /tmp/all tmpfs ");
    }

    @Test
    void ofPivotRoot() {
        assertThat(words(outcome("pivot_root / /", "pivot_root"))).isEqualTo("none - - -");
        shell.type("exec unshare -m bash\r");
        run("mkdir /tmp/new; mount -t tmpfs new /tmp/new; mkdir /tmp/new/old; cd /tmp/new");
        assertThat(words(outcome("pivot_root . old", "pivot_root"))).isEqualTo("pivoted - - -");
    }

    @Test
    void ofNamespaces() {
        watch.forget();
        shell.type("unshare -u bash\r");
        long event = events("unshare").getLast().get("id").asLong();
        assertThat(words(watch.message(message -> isOutcome(message, event), "unshare")))
                .isEqualTo("joined - - -");
        assertThat(words(outcome("hostname inner", "sethostname"))).isEqualTo("named - - -");
        assertThat(words(outcome("hostname inner", "sethostname"))).isEqualTo("none - - -");
        run("sleep 1000 & echo $! >/tmp/inside");
        TestSocket other = client.attach(client.terminal(sandbox));
        // For a process that no snapshot has shown yet, the namespaces of its parent tell where it comes from.
        watch.message(message -> message.toString().contains("\"terminal\":\"tty2\""), "the other shell");
        watch.forget();
        other.type("nsenter -t $(cat /tmp/inside) -u bash\r");
        long entered = events("setns").getLast().get("id").asLong();
        assertThat(words(watch.message(message -> isOutcome(message, entered), "setns")))
                .isEqualTo("joined - - -");
    }

    @Test
    void ofSignals() {
        run("sleep 1000 & target=$!");
        watch.message(message -> message.toString().contains("[\"sleep\",\"1000\"]"), "the sleeper");
        assertThat(words(outcome("kill $target", "kill"))).isEqualTo("ended - - -");
        assertThat(staysOpen("kill $target", "kill")).isTrue();
        run(
                "(trap '' TERM; exec sleep 1001) & target=$!; until grep -q 'SigIgn.*4...$' /proc/$target/status; do :; done");
        watch.message(message -> message.toString().contains("[\"sleep\",\"1001\"]"), "the deaf one");
        assertThat(words(outcome("kill $target", "kill"))).isEqualTo("none - - -");
        assertThat(words(outcome("kill -0 $target", "kill"))).isEqualTo("none - - -");
        assertThat(words(outcome("kill -9 $target", "kill"))).isEqualTo("ended - - -");
        run("bash -c \"trap 'echo caught' TERM; echo ready; while :; do sleep 0.1; done\" & target=$!");
        shell.expect("ready");
        watch.message(message -> message.toString().contains("SIGTERM"), "the trap");
        assertThat(staysOpen("kill $target", "kill")).isTrue();
        assertThat(words(outcome("kill -9 1", "kill"))).isEqualTo("none - - -");
    }

    /** Each outcome that is told agrees with what the caller saw. */
    @Test
    void areNeverWrong() {
        run("mkdir /tmp/shared; mount -t tmpfs shared /tmp/shared; mount --make-shared /tmp/shared");
        run("set +H");
        run("cat >/tmp/mounts.pl <<'END'\n" + RANDOM_MOUNTS + "END\ntrue");
        watch.forget();
        TestSocket other = client.attach(client.terminal(sandbox));
        TestSocket alone = client.attach(client.terminal(sandbox));
        other.type("unshare -m --propagation unchanged perl /tmp/mounts.pl inner 1\r");
        alone.type("unshare -m perl /tmp/mounts.pl alone 3\r");
        shell.type("perl /tmp/mounts.pl outer 2\r");
        Map<String, List<String[]>> truth = new HashMap<>();
        for (TestSocket one : List.of(other, alone, shell)) {
            one.expect("log is over");
            Pattern.compile("LOG (\\d+) (\\w+) (\\S+) (\\w+)")
                    .matcher(one.printed())
                    .results()
                    .forEach(line -> truth.computeIfAbsent(line.group(1), _ -> new ArrayList<>())
                            .add(groups(line)));
        }
        assertThat(truth.values().stream().mapToInt(List::size).sum()).isEqualTo(60);
        List<String> told = new ArrayList<>();
        for (JsonNode event : List.copyOf(watch.messages())) {
            List<String[]> calls = truth.get(event.path("pid").asString(""));
            if (!event.path("type").asString().equals("event")
                    || calls == null
                    || !List.of("mount", "umount2")
                            .contains(event.get("syscall").asString())
                    || !event.get("command").asString().equals("perl")) {
                continue;
            }
            String[] call = calls.removeFirst();
            List<JsonNode> outcomes = watch.messages().stream()
                    .filter(message -> isOutcome(message, event.get("id").asLong()))
                    .toList();
            for (JsonNode outcome : outcomes) {
                String word = outcome.get("outcome").asString();
                told.add(word);
                assertThat(word)
                        .as("%s of %s", outcome, String.join(" ", call))
                        .isEqualTo(
                                call[3].equals("failed") ? "none" : call[1].equals("mount") ? "mounted" : "unmounted");
                assertThat(outcome.path("point").asString(call[2])).isEqualTo(call[2]);
            }
        }
        // Where there is doubt, no outcome is told, but not all calls are in doubt.
        assertThat(told).hasSizeGreaterThan(9).contains("mounted", "unmounted", "none");
    }

    private static String[] groups(MatchResult line) {
        return new String[] {line.group(1), line.group(2), line.group(3), line.group(4)};
    }
}
