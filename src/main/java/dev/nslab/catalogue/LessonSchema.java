package dev.nslab.catalogue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nslab.lesson.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** What may stand in a lesson.yaml: lessons/lesson.schema.json, which editors can use, too. */
final class LessonSchema {

    private static final String RESOURCE = "/lessons/lesson.schema.json";

    private final Schema schema;

    LessonSchema() {
        try (InputStream text = Objects.requireNonNull(LessonSchema.class.getResourceAsStream(RESOURCE))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void validate(YamlFile yaml, Faults faults) {
        for (Error error : schema.validate(yaml.json())) {
            String place = error.getInstanceLocation().toString();
            String unknown = error.getKeyword().equals("additionalProperties") ? error.getProperty() : null;
            if (unknown != null) {
                faults.add(yaml.at(place + "/" + unknown), "there is no key \"" + unknown + "\"" + in(place));
            } else {
                faults.add(yaml.at(place), error.getMessage() + in(place));
            }
        }
    }

    private static String in(String place) {
        return place.isEmpty() ? "" : " in " + place.substring(1);
    }
}
