package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files of a fresh sandbox that are not the machine's: a small Linux. */
public final class SandboxFiles {
    /** MODE and path. */
    private static final List<String> DIRECTORIES = List.of(
            "755 dev",
            "755 dev/pts",
            "1777 dev/shm",
            "755 etc",
            "755 etc/default",
            "755 etc/groff",
            "755 etc/pam.d",
            "755 home",
            "755 mnt",
            "755 opt",
            "555 proc",
            "755 run",
            "755 srv",
            "555 sys",
            "1777 tmp",
            "755 var",
            "755 var/log",
            "1777 var/tmp");

    public static final String HOME = "/root";

    static final String PATH = "/opt/nslab/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The environment of every shell; bash reads .bashrc by itself. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", PATH,
            "HOME", HOME,
            "USER", "root",
            "LOGNAME", "root",
            "SHELL", "/bin/bash",
            "LANG", "C.UTF-8",
            "TERM", "xterm-256color",
            "COLORTERM", "truecolor");

    private static final String BASHRC = resource("bashrc");

    private static final String PROFILE = "[ -n \"$BASH_VERSION\" ] && . ~/.bashrc\n";

    private SandboxFiles() {}

    static Map<String, String> links() {
        return Map.of(
                "dev/fd", "/proc/self/fd",
                "dev/stdin", "/proc/self/fd/0",
                "dev/stdout", "/proc/self/fd/1",
                "dev/stderr", "/proc/self/fd/2",
                "dev/ptmx", "pts/ptmx",
                "etc/mtab", "/proc/self/mounts",
                "etc/os-release", "../usr/lib/os-release",
                "etc/man_db.conf", "manpath.config",
                "var/run", "/run");
    }

    static Map<String, String> files(String hostname, Accounts accounts) {
        Map<String, String> files = new HashMap<>(accounts.files());
        files.putAll(Map.of(
                "etc/hosts",
                "127.0.0.1 localhost " + hostname + "\n::1 localhost ip6-localhost ip6-loopback\n",
                "etc/hostname",
                hostname + "\n",
                // If no name server is given, libraries ask 127.0.0.1, which refuses at once.
                "etc/resolv.conf",
                "# No network leads out of here, so there is no name server.\n",
                "etc/nsswitch.conf",
                "passwd: files\ngroup: files\nshadow: files\ngshadow: files\nhosts: files dns\n",
                "etc/fstab",
                "# Nothing is mounted from here.\n",
                "etc/shells",
                "/bin/sh\n/bin/bash\n/bin/dash\n/usr/bin/sh\n/usr/bin/bash\n/usr/bin/dash\n",
                "etc/profile",
                "umask 022\n",
                "etc/manpath.config",
                """
                MANDATORY_MANPATH /usr/share/man
                MANDATORY_MANPATH /usr/local/share/man
                MANDB_MAP /usr/share/man /var/cache/man
                MANDB_MAP /usr/local/share/man /var/cache/man/local
                """));
        // Without these files man(1) prints a warning first.
        for (String macros : List.of("man.local", "mdoc.local")) {
            files.put("etc/groff/" + macros, "");
        }
        for (String home : homes(accounts)) {
            files.put(home + "/.bashrc", BASHRC);
            files.put(home + "/.profile", PROFILE);
        }
        return files;
    }

    private static List<String> homes(Accounts accounts) {
        String person = Accounts.PERSONS_HOME.substring(1);
        return accounts.hasPerson() ? List.of("root", "etc/skel", person) : List.of("root", "etc/skel");
    }

    static List<String> directories(Accounts accounts) {
        List<String> directories = new ArrayList<>(DIRECTORIES);
        for (String home : homes(accounts)) {
            directories.add((home.equals("root") ? "700 " : "755 ") + home);
        }
        return directories;
    }

    /** Reads a file of src/main/resources/sandbox. */
    static String resource(String name) {
        try (InputStream in = SandboxFiles.class.getResourceAsStream("/sandbox/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
