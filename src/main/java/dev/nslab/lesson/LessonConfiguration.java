package dev.nslab.lesson;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LessonSettings.class)
class LessonConfiguration {

    @Bean
    Database database(LessonSettings settings) {
        return new Database(settings.dataDir());
    }
}
