package dev.nslab.watchdog;

import dev.nslab.linux.Credentials;
import dev.nslab.linux.LinuxException;
import dev.nslab.sandbox.Sandboxes;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WatchdogSettings.class)
class WatchdogConfiguration {
    /** Runs before the server can be reached, and so before the first sandbox has a /proc. */
    @Bean
    Watchdog watchdog(Sandboxes sandboxes, WatchdogSettings settings) throws LinuxException {
        if (Credentials.ofThisProcess().uid() == 0) {
            PressureFiles.close(Path.of("/proc/pressure"));
        }
        return Watchdog.over(sandboxes, settings);
    }
}
