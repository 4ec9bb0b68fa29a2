package dev.nslab.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the server guards what its sandboxes share and no limit divides.
 *
 * @param enabled whether sandboxes are slowed or ended that harm all others in a way that no cgroup limits
 * @param kernelMemory by so much the kernel's own memory may grow within seconds while a sandbox makes links
 */
@ConfigurationProperties("nslab.watchdog")
public record WatchdogSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("256MB") DataSize kernelMemory) {}
