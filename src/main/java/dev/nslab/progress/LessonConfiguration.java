package dev.nslab.progress;

import dev.nslab.store.Database;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LessonSettings.class)
class LessonConfiguration {

    @Bean
    Archive archive(LessonSettings settings, ApplicationEventPublisher events) {
        return new Archive(new Database(settings.dataDir()), () -> events.publishEvent(new KeepingChanged()));
    }
}
