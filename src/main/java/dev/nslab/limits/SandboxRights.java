package dev.nslab.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rights of a sandbox's root that can be taken away, because no limit bounds what their use costs the others.
 *
 * @param networkAdmin whether they have rights over their network namespace and can make more: links, addresses,
 *     routes, queues. The memory and time that these take in the kernel are charged to nobody
 * @param sysfs whether they see sysfs of their network, which tells of the machine's hardware
 */
@ConfigurationProperties("nslab")
public record SandboxRights(
        @DefaultValue("true") boolean networkAdmin,
        @DefaultValue("true") boolean sysfs) {

    public static final SandboxRights ALL = new SandboxRights(true, true);
}
