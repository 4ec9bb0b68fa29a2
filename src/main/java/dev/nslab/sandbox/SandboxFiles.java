package dev.nslab.sandbox;

import java.util.List;
import java.util.Map;

/** The files of a fresh sandbox that are not the machine's: a small Linux with one user, root. */
final class SandboxFiles {
    /** MODE and path. */
    static final List<String> DIRECTORIES = List.of(
            "755 dev",
            "755 dev/pts",
            "1777 dev/shm",
            "755 etc",
            "755 home",
            "755 mnt",
            "755 opt",
            "555 proc",
            "700 root",
            "755 run",
            "755 srv",
            "555 sys",
            "1777 tmp",
            "755 var",
            "755 var/log",
            "1777 var/tmp");

    static final String HOME = "/root";

    /** Of every shell; bash reads .bashrc itself. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", HOME,
            "USER", "root",
            "LOGNAME", "root",
            "SHELL", "/bin/bash",
            "LANG", "C.UTF-8",
            "TERM", "xterm-256color",
            "COLORTERM", "truecolor");

    private static final String BASHRC = """
            # The host name is the one at which this shell started: after `hostname NAME`, `exec bash` shows the new one.
            PS1='\\[\\e[32m\\]\\u@\\h\\[\\e[0m\\]:\\[\\e[36m\\]\\w\\[\\e[0m\\]\\$ '
            PROMPT_COMMAND=
            HISTCONTROL=ignoreboth
            shopt -s checkwinsize
            alias ls='ls --color=auto' ll='ls -l' grep='grep --color=auto'
            """;

    private SandboxFiles() {}

    static Map<String, String> links() {
        return Map.of(
                "dev/fd", "/proc/self/fd",
                "dev/stdin", "/proc/self/fd/0",
                "dev/stdout", "/proc/self/fd/1",
                "dev/stderr", "/proc/self/fd/2",
                "dev/ptmx", "pts/ptmx",
                "etc/mtab", "/proc/self/mounts");
    }

    static Map<String, String> files(String hostname) {
        return Map.of(
                "etc/passwd",
                """
                root:x:0:0:root:/root:/bin/bash
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """,
                "etc/group",
                """
                root:x:0:
                tty:x:5:
                nogroup:x:65534:
                """,
                "etc/hosts",
                "127.0.0.1 localhost " + hostname + "\n::1 localhost\n",
                "etc/hostname",
                hostname + "\n",
                "etc/nsswitch.conf",
                "passwd: files\ngroup: files\nhosts: files\n",
                "etc/shells",
                "/bin/sh\n/bin/bash\n",
                "etc/profile",
                "umask 022\n",
                "root/.bashrc",
                BASHRC,
                "root/.profile",
                "[ -n \"$BASH_VERSION\" ] && . ~/.bashrc\n");
    }
}
