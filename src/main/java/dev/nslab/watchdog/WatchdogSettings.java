package dev.nslab.watchdog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the server protects what all sandboxes share and no limit divides among them.
 *
 * @param enabled whether a sandbox is slowed or ended if it harms all others in a way that no cgroup limits
 * @param kernelMemory by how much the kernel's own memory may grow within seconds while a sandbox creates links
 */
@ConfigurationProperties("nslab.watchdog")
public record WatchdogSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("256MB") DataSize kernelMemory) {}
