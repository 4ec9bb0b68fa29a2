package dev.nslab.sandbox;

import dev.nslab.limits.Limits;
import dev.nslab.limits.SandboxRights;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import dev.nslab.sandbox.spec.OomScore;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({Limits.class, SandboxRights.class})
public class SandboxConfiguration {
    @Bean
    Poller poller() throws LinuxException {
        return new Poller("poller");
    }

    @Bean
    public Sandboxes sandboxes(Limits limits, SandboxRights rights, Poller poller) throws LinuxException {
        OomScore.last(Path.of("/proc/self"));
        return new Sandboxes(limits, rights, poller);
    }
}
