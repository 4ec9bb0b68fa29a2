package dev.nslab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What texts about Linux take for granted: other users, manual pages, sudo, a second root directory, and a hint if a
 * program is missing.
 */
@Tag("sandbox")
class ProgramsTests extends UnderAttack {
    private boolean hasPeople() {
        return console.run("id -u learner 2>/dev/null").equals("1000\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "su nobody -s /bin/sh -c 'id -u; id -g' | 65534\\n65534\\n",
                "su learner -c 'id -un; pwd' | learner\\n/root\\n",
                "su - learner -c pwd | /home/learner\\n",
                "runuser -u learner -- id -u | 1000\\n",
                "setpriv --reuid=learner --regid=learner --init-groups id -un | learner\\n",
                "script -qc 'login -f learner' /dev/null <<< 'exec id -un' > /tmp/l; sed -n '$s/\\r//gp' /tmp/l | learner\\n",
                "useradd -m bob; su bob -c 'cd; pwd; id -u'; userdel -r bob 2>&-; ls /home | /home/bob\\n1001\\nlearner\\n",
                "touch /tmp/f; chown learner: /tmp/f; stat -c %U:%G /tmp/f | learner:learner\\n",
                "su learner -c 'unshare -r id -u' | 0\\n",
                "su learner -c 'ping -c 1 127.0.0.1' > /tmp/p; grep -o '1 received' /tmp/p | 1 received\\n",
                "unshare --map-auto --map-root-user sh -c 'touch /tmp/g; chown 5 /tmp/g; stat -c %u /tmp/g' | 5\\n",
                "sudo -u learner whoami; sudo -iu learner pwd; sudo -g adm id -gn | learner\\n/home/learner\\nadm\\n",
                "su learner -c 'man unshare' 2>&1 > /tmp/m; grep -c '^NAME' /tmp/m | 1\\n",
            })
    void otherUsers(String command, String says) {
        assumeTrue(hasPeople(), "one id is root's alone");
        console.run("sudo true");
        assertThat(console.run(command)).isEqualTo(says.translateEscapes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat /etc/shadow | cat: /etc/shadow: Permission denied\\n",
                "cp /usr/bin/id /tmp/i; su -c 'cp /usr/bin/id /tmp/i && chmod u+s /tmp/i' < /dev/null; /tmp/i -u | .*1000\\n",
                "passwd -d root | .*passwd: Permission denied.*",
                "sudo id | sudo: no program gives rights in here .*",
                "ss -K state listening; perl -e 'kill 0, 1 or print $!' | .*not permitted",
            })
    void anOrdinaryUserStaysOne(String command, String says) {
        assumeTrue(hasPeople(), "one id is root's alone");
        console.run("cat > /tmp/command <<'END'\n" + command + "\nEND");
        assertThat(console.run("su learner /tmp/command 2>&1")).matches("(?s)" + says.translateEscapes());
    }

    /** A set-user-ID program of the sandbox's root gives no rights to its other users. */
    @Test
    void aProgramOfRootsWithItsBitSetGivesNothing() {
        assumeTrue(hasPeople(), "one id is root's alone");
        assertThat(console.run("cp /usr/bin/id /tmp/id; chmod 4755 /tmp/id; su learner -c '/tmp/id -u'"))
                .isEqualTo("1000\n");
    }

    @Test
    void withOneIdTheKernelRefusesOtherUsers() {
        assumeFalse(hasPeople(), "there are ids for others");
        assertThat(console.run("su nobody -s /bin/sh -c id"))
                .isEqualTo("su: cannot set groups: Operation not permitted\n");
        assertThat(console.run("touch /tmp/f; chown nobody /tmp/f")).contains("Invalid argument");
        assertThat(console.run("unshare --map-auto id")).contains("no line matching user \"root\" in /etc/subuid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "useradd bob && groupadd team && usermod -aG team bob && id -nG bob | bob team\\n",
                "useradd bob; printf 'new\\nnew\\n' > /tmp/w; passwd bob < /tmp/w 2>&1 | .*password updated successfully\\n",
                "useradd bob; echo bob:new > /tmp/w; chpasswd < /tmp/w && chsh -s /bin/sh bob; getent passwd bob | bob:.*:/bin/sh\\n",
                "useradd bob; userdel bob; id bob 2>&1 | id: .bob.: no such user\\n",
                "stat -c %a /etc/shadow /etc/gshadow | 640\\n640\\n",
                "getent hosts example.com; echo $? | 2\\n",
                "ping -c 1 example.com 2>&1 | ping: example.com: Temporary failure in name resolution\\n",
                "man unshare 2>&1 > /tmp/m; grep '^UNSHARE' /tmp/m | UNSHARE\\(1\\) +User Commands +UNSHARE\\(1\\)\\n",
                "man unshare 2>&1 > /dev/null | ''",
            })
    void filesOfUsersAndPages(String command, String says) {
        assertThat(console.run(command)).matches("(?s)" + says.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sudo id -u | 0\\n",
                "sudo sh -c 'echo $HOME' | /root\\n",
                "cd /; sudo -i pwd | /root\\n",
                "sudo -s 'echo shell' | shell\\n",
                "sudo -E NAME=value sh -c 'echo $NAME' | value\\n",
                "sudo -nH -- unshare -u hostname | lab\\n",
                "sudo --frob id; echo $? | sudo: the sudo of this sandbox does not know --frob: sudo [-u USER] [-g GROUP] [-i \u00a6 -s] [NAME=VALUE...] [COMMAND...]\\n1\\n",
                "sudo nosuch; echo $? | sudo: nosuch: command not found\\n127\\n",
            })
    void sudoIsRootAlready(String command, String says) {
        assertThat(console.run("sudo true 2>&1"))
                .isEqualTo("sudo: you are root here already; running the command as it is / 你在这里已经是 root，命令照原样运行\n");
        assertThat(console.run(command + " 2>&1"))
                .isEqualTo(says.replace('\u00a6', '|').translateEscapes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chroot /opt/rootfs sh -c 'id -u; ls -d1 /bin /etc/passwd' | 0\\n/bin\\n/etc/passwd\\n",
                "cp -a /opt/rootfs /tmp/box && chroot /tmp/box sh -c 'echo x > /etc/x; cat /etc/x' | x\\n",
                "cp -r /opt/rootfs /tmp/box && chroot /tmp/box /usr/bin/whoami | root\\n",
                "tar -C /opt/rootfs -cf /tmp/t . && mkdir /tmp/box && tar -C /tmp/box -xf /tmp/t && chroot /tmp/box hostname | lab\\n",
                "mkdir /tmp/{u,w}; mount -t overlay -o lowerdir=/opt/rootfs,upperdir=/tmp/u,workdir=/tmp/w box /mnt;"
                        + " echo more >> /mnt/etc/passwd; rm /mnt/bin/vi; chroot /mnt tail -1 /etc/passwd; ls -R1 /tmp/u"
                        + " | more\\n/tmp/u:\\nbin\\netc\\n\\n/tmp/u/bin:\\nvi\\n\\n/tmp/u/etc:\\npasswd\\n",
                "unshare -m sh -c 'mount --bind /opt/rootfs /mnt; cd /mnt; pivot_root . mnt; exec chroot . sh -c \"umount -l /mnt; ls /mnt; ls -d /root\"' | /root\\n",
                "find /opt/rootfs ! -user root ! -path '/opt/rootfs/bin/*' | ''",
            })
    void aSecondRoot(String command, String says) {
        assertThat(console.run(command + " 2>&1")).isEqualTo(says.translateEscapes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "touch /opt/rootfs/x /opt/nslab/x /opt/nslab/bin/x",
                "mount -o remount,rw /opt/rootfs; touch /opt/rootfs/x",
                "mount -o remount,bind,rw /opt/nslab; touch /opt/nslab/x",
                "unshare -Urm sh -c 'mount -o remount,bind,rw /opt/nslab; touch /opt/nslab/hints'",
                "umount -l /opt/nslab; echo x > /opt/nslab/hints",
            })
    void whatAllSandboxesShareIsNotTheirs(String attack) throws Exception {
        String look = "cat /opt/nslab/hints /opt/nslab/bin/sudo | cksum; find /opt | wc -l";
        String before = console.run(look);
        console.run(attack);
        try (Console later = Console.open(sandboxes.start("lab"))) {
            assertThat(later.run(look)).isEqualTo(before);
        }
        assertThat(console.run("find /opt -perm /6000 -o -type b -o -type c -o -type p"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker run -it debian | docker: no docker in a sandbox; .*/opt/rootfs.* / 沙箱里没有 docker.*\\n127\\n",
                "apt-get install x | apt-get: nothing can be installed here.*\\n127\\n",
                "systemctl start x | systemctl: no systemd in a sandbox.*\\n127\\n",
                "iptables -L | iptables: packet filters are closed in here.*\\n127\\n",
                "lxc-create -n x | lxc-create: no lxc-create in a sandbox.*\\n127\\n",
                "$ ls | \\$: \"\\$\" is the prompt of the text.*\\n127\\n",
                "frobnicate | bash: frobnicate: command not found\\n127\\n",
                "bash -lc frobnicate | bash: .*frobnicate: command not found\\n127\\n",
            })
    void saysWhatIsNotThere(String command, String says) {
        assertThat(console.run(command + " 2>&1; echo $?")).matches(says.replace("\\n", "\n"));
    }

    @Test
    void saysWhatWasTypeset() {
        console.type("unshare –u hostname\n");
        console.await("a text has made");
        assertThat(console.run("true")).isEmpty();
        assertThat(console.run("\nfalse\necho “x”\n")).doesNotContain("a text has made");
    }

    /** ss shows and closes only sockets in the network namespace of whoever calls it. */
    @Test
    void listsAndClosesSocketsOfItsOwnAlone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(server.getLocalPort());
            String dump = "ss -Hant; ss -Hlnpx; ss -Hanw; ss -Han0; ss -K sport = :" + port;
            assertThat(console.run(dump)).doesNotContain(":" + port);
            assertThat(console.run("unshare -Urn sh -c '" + dump + "'")).doesNotContain(":" + port);
            try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket accepted = server.accept()) {
                console.run("ss -K dst 127.0.0.1; unshare -Urn ss -K dst 127.0.0.1");
                accepted.getOutputStream().write(42);
                assertThat(client.getInputStream().read()).isEqualTo(42);
            }
        }
    }

    /** In the sandbox's network, the root of another user namespace cannot close the sandbox's sockets. */
    @Test
    void closesNothingWithoutRightsOverTheNetwork() {
        console.run(
                "perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1, LocalAddr => \"127.0.0.1:4321\"); sleep 100' &"
                        + " until ss -Htln | grep -q 4321; do :; done");
        assertThat(console.run("unshare -Ur ss -K sport = :4321 2>&1; ss -Htln"))
                .contains("127.0.0.1:4321");
    }
}
