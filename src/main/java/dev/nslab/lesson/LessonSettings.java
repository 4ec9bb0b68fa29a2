package dev.nslab.lesson;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where lessons and progress lie.
 *
 * @param dataDir made when it is first needed
 * @param lessonsDir an author's lessons, which come on top of the built-in ones or take their places
 * @param readLessonsEarly whether they are read before anybody asks for them
 * @param networkAdmin whether learners have rights over networks, which a lesson may require
 */
@ConfigurationProperties("nslab")
record LessonSettings(
        Path dataDir,
        @Nullable Path lessonsDir,
        boolean readLessonsEarly,
        @DefaultValue("true") boolean networkAdmin) {}
