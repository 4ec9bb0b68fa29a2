package dev.nslab.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mounts of a namespace in the panel, compared with what findmnt says in the terminal. */
class MountPanelTests extends BrowserTest {
    private Locator byTestId(String id) {
        return lab.page().getByTestId(id);
    }

    private Locator mount(String group, String point) {
        return byTestId(group).locator("[data-testid=mount][data-point='" + point + "']");
    }

    private Locator timeline(String text) {
        return byTestId("timeline-entry").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** Opens the details of the mount namespace that the shell of `tty` is in. */
    private void show(Tty tty) {
        lab.process(tty.pid()).locator("[data-type=mnt]").click();
        assertThat(byTestId("mounts")).isVisible();
    }

    @Test
    void aMountIsOnlyWhereItWasMade() {
        Tty tty = lab.tty("tty1");
        tty.run("unshare -m bash");
        tty.run("mount -t tmpfs -o ro,size=1m secret /mnt");
        show(tty);
        Locator secret = mount("mounts-here", "/mnt");
        assertThat(secret).containsText("tmpfs · secret · ro size=1024k");
        assertThat(secret).containsText(tty.firstLine("findmnt -n -o PROPAGATION /mnt"));
        assertThat(byTestId("border")).containsText("Nothing crosses");
        tty.run("mount -t tmpfs upper /mnt");
        assertThat(secret).hasCount(2);
        assertThat(secret.first()).containsText("covered");
        assertThat(secret.last()).containsText("upper");
        tty.run("umount /mnt; umount /mnt");
        assertThat(secret).hasCount(0);
    }

    @Test
    void theSandboxesOwnMountsAreThoseOfFindmnt() {
        Tty tty = lab.tty("tty1");
        List<String> points = tty.run("findmnt -rn -o TARGET | sort");
        lab.process(tty.pid()).click();
        byTestId("lens").locator("button[data-ns^='mnt:']").first().click();
        assertThat(byTestId("mount")).hasCount(points.size());
        assertThat(byTestId("mount").all().stream()
                        .map(line -> line.getAttribute("data-point"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(points);
    }

    @Test
    void whatCrossesTheBorderIsSaid() {
        Tty tty = lab.tty("tty1");
        Tty outside = lab.openTerminal("tty2");
        outside.run("mkdir /shared; mount -t tmpfs both /shared; mount --make-shared /shared; mkdir /shared/new");
        tty.run("unshare -m --propagation unchanged bash");
        show(tty);
        assertThat(lab.page().locator("[data-testid=border][data-crossing=both]"))
                .containsText("/shared");
        byTestId("mounts-same").locator("summary").click();
        assertThat(mount("mounts-same", "/shared")).containsText("shared with");
        outside.run("mount -t tmpfs new /shared/new");
        assertThat(mount("mounts-same", "/shared/new")).isVisible();

        tty.run("mount --make-slave /shared");
        Locator receives = lab.page().locator("[data-testid=border][data-crossing=from]");
        assertThat(receives).containsText("/shared");
        assertThat(mount("mounts-retuned", "/shared")).containsText("slave of group");
        receives.locator("button").click();
        assertThat(byTestId("namespace-lens"))
                .hasAttribute("data-inode", String.valueOf(outside.inode(outside.pid(), "mnt")));
        assertThat(lab.page().locator("[data-testid=border][data-crossing=to]")).containsText("/shared");
    }

    @Test
    void theTimelineSaysWhatBecameOfACall() {
        Tty tty = lab.tty("tty1");
        byTestId("view-timeline").click();
        tty.run("mount -t tmpfs secret /mnt");
        assertThat(timeline("mounted tmpfs on /mnt")).isVisible();
        tty.run("mount -t tmpfs secret /nope");
        assertThat(timeline("tried to mount")).isVisible();
        tty.run("umount /mnt");
        assertThat(timeline("unmounted /mnt")).isVisible();
        assertThat(timeline("called mount")).hasCount(0);
    }

    @Test
    void anotherRootIsSaidOfAProcess() {
        Tty tty = lab.tty("tty1");
        tty.run(
                "mkdir -p /tmp/box/usr; mount -t tmpfs box /tmp/box; mkdir /tmp/box/usr; mount --bind /usr /tmp/box/usr");
        tty.run("for way in bin lib lib64; do cp -a /$way /tmp/box 2>/dev/null; done");
        tty.enter("chroot /tmp/box sh -c 'sleep 1000; :'");
        Locator row = lab.page()
                .locator("[data-testid=process]:has([data-testid=other-root])")
                .first();
        assertThat(row).containsText("/tmp/box");
        row.locator(".command").click();
        assertThat(byTestId("root")).containsText("/tmp/box on tmpfs, box");
    }
}
