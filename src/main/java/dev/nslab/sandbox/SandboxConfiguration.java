package dev.nslab.sandbox;

import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.limits.SandboxLimits;
import dev.nslab.sandbox.limits.SandboxRights;
import dev.nslab.sandbox.spec.OomScore;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SandboxLimits.class, SandboxRights.class})
public class SandboxConfiguration {
    @Bean
    Poller poller() throws LinuxException {
        return new Poller("poller");
    }

    @Bean
    public Sandboxes sandboxes(SandboxLimits limits, SandboxRights rights, Poller poller) throws LinuxException {
        OomScore.last(Path.of("/proc/self"));
        return new Sandboxes(limits, rights, poller);
    }
}
