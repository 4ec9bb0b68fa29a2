package dev.nslab.sandbox;

import dev.nslab.linux.Credentials;
import dev.nslab.linux.LinuxException;
import dev.nslab.linux.Poller;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SandboxLimits.class, SandboxRights.class, WatchdogSettings.class})
class SandboxConfiguration {
    @Bean
    Poller poller() throws LinuxException {
        return new Poller("poller");
    }

    @Bean
    Sandboxes sandboxes(SandboxLimits limits, SandboxRights rights, Poller poller) throws LinuxException {
        OomScore.last(Path.of("/proc/self"));
        if (Credentials.ofThisProcess().uid() == 0) PressureFiles.close(Path.of("/proc/pressure"));
        return new Sandboxes(limits, rights, poller);
    }

    @Bean
    Watchdog watchdog(Sandboxes sandboxes, WatchdogSettings settings) {
        return sandboxes.watch(settings);
    }
}
