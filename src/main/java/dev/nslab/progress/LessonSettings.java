package dev.nslab.progress;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where lessons and progress are kept.
 *
 * @param dataDir a folder that is created when it is first needed
 * @param lessonsDir an author's lessons, which are added to the built-in ones or replace them
 * @param readLessonsEarly whether lessons are read before anybody asks for them
 */
@ConfigurationProperties("nslab")
record LessonSettings(
        Path dataDir,
        @Nullable Path lessonsDir,
        @DefaultValue("true") boolean readLessonsEarly) {}
