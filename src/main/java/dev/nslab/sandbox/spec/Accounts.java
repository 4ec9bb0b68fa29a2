package dev.nslab.sandbox.spec;

import dev.nslab.sandbox.spec.IdMap.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The users and groups of a sandbox, as far as it has ids for them, written as the files in which programs look them up
 * and change them.
 */
record Accounts(IdMap ids) {
    /** The user that a sandbox has besides root, if it has ids for people. */
    static final String PERSON = "learner";

    static final String PERSONS_HOME = "/home/" + PERSON;

    private static final List<String> USERS = List.of(
            "root:x:0:0:root:/root:/bin/bash",
            "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin",
            "bin:x:2:2:bin:/bin:/usr/sbin/nologin",
            "sys:x:3:3:sys:/dev:/usr/sbin/nologin",
            "man:x:6:12:man:/var/cache/man:/usr/sbin/nologin",
            "mail:x:8:8:mail:/var/mail:/usr/sbin/nologin",
            "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin",
            "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin");

    private static final List<String> GROUPS = List.of(
            "root:x:0:",
            "daemon:x:1:",
            "bin:x:2:",
            "sys:x:3:",
            "adm:x:4:",
            "tty:x:5:",
            "disk:x:6:",
            "mail:x:8:",
            "man:x:12:",
            "www-data:x:33:",
            "shadow:x:42:",
            "utmp:x:43:",
            "users:x:100:",
            "nogroup:x:65534:");

    private static final int SHADOW = 42;

    /**
     * Ids for people are divided into four: users themselves, and subordinate ids for root, for the person, and for
     * users that are added later.
     */
    private static final int SHARES = 4;

    boolean hasPerson() {
        return ids.has(IdMap.FIRST_PERSON);
    }

    Map<String, String> files() {
        List<String> users = new ArrayList<>(USERS);
        List<String> groups = new ArrayList<>(GROUPS);
        if (hasPerson()) {
            users.add(PERSON + ":x:1000:1000::" + PERSONS_HOME + ":/bin/bash");
            groups.add(PERSON + ":x:1000:");
        }
        String subordinate = subordinate("root", 1) + subordinate(PERSON, 2);
        return Map.of(
                "etc/passwd",
                lines(users),
                "etc/group",
                lines(groups),
                "etc/shadow",
                locked(users, "20000:0:99999:7:::"),
                "etc/gshadow",
                locked(groups, ":"),
                "etc/subuid",
                subordinate,
                "etc/subgid",
                subordinate,
                "etc/login.defs",
                definitions(),
                "etc/default/useradd",
                "SHELL=/bin/bash\n",
                // For every program that uses PAM, since none has a file of its own.
                "etc/pam.d/other",
                """
                auth      sufficient  pam_rootok.so
                auth      required    pam_unix.so nullok
                account   required    pam_unix.so
                password  required    pam_unix.so nullok sha512
                session   required    pam_unix.so
                """);
    }

    /** MODE, UID, GID and path of each file that not everybody may read, or that does not belong to root. */
    List<String> access() {
        List<String> access = new ArrayList<>();
        int shadow = ids.has(SHADOW) ? SHADOW : 0;
        for (String file : List.of("etc/shadow", "etc/gshadow")) {
            access.add("640 0 " + shadow + " " + file);
        }
        if (hasPerson()) {
            for (String file : List.of("", "/.bashrc", "/.profile")) {
                access.add((file.isEmpty() ? "755" : "644") + " 1000 1000 " + PERSONS_HOME.substring(1) + file);
            }
        }
        return access;
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** No user has a password; root can give one with passwd(1). */
    private static String locked(List<String> names, String rest) {
        return names.stream()
                .map(line -> line.substring(0, line.indexOf(':')) + ":*:" + rest + "\n")
                .collect(Collectors.joining());
    }

    /** In the format of subuid(5). */
    private String subordinate(String user, int share) {
        Extent own = ids.people().part(share, SHARES);
        return own.count() == 0 ? "" : user + ":" + own.first() + ":" + own.count() + "\n";
    }

    /** login.defs(5): new users get only ids that the sandbox has. */
    private String definitions() {
        Extent people = ids.people().part(0, SHARES);
        Extent subordinate = ids.people().part(SHARES - 1, SHARES);
        // Even without ids users can be added, but they can do nothing.
        int last = people.first() + (people.count() == 0 ? 60_000 : people.count()) - 1;
        StringBuilder definitions = new StringBuilder("""
                ENV_SUPATH PATH=%s
                ENV_PATH PATH=%s
                UMASK 022
                PASS_MAX_DAYS 99999
                PASS_MIN_DAYS 0
                PASS_WARN_AGE 7
                CHFN_RESTRICT rwh
                DEFAULT_HOME yes
                USERGROUPS_ENAB yes
                ENCRYPT_METHOD SHA512
                """.formatted(SandboxFiles.PATH, SandboxFiles.PATH));
        for (String kind : List.of("UID", "GID")) {
            definitions.append("""
                    %1$s_MIN %2$d
                    %1$s_MAX %3$d
                    SUB_%1$s_MIN %4$d
                    SUB_%1$s_MAX %5$d
                    SUB_%1$s_COUNT %6$d
                    """.formatted(
                            kind,
                            IdMap.FIRST_PERSON,
                            last,
                            subordinate.first(),
                            subordinate.first() + subordinate.count() - 1,
                            subordinate.count()));
        }
        return definitions.toString();
    }
}
