package dev.nslab.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the root of a sandbox may do there that can be taken from them, as no limit bounds what it costs the others.
 *
 * @param networkAdmin whether they have rights over their network namespace and can make more: links, addresses, routes, queues.
 *     What these hold and do in the kernel is charged to nobody
 * @param sysfs whether they see sysfs of their network, which tells of the machine's hardware
 */
@ConfigurationProperties("nslab")
public record SandboxRights(
        @DefaultValue("true") boolean networkAdmin,
        @DefaultValue("true") boolean sysfs) {

    static final SandboxRights ALL = new SandboxRights(true, true);
}
