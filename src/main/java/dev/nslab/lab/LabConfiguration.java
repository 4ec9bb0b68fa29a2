package dev.nslab.lab;

import dev.nslab.terminal.Terminals;
import java.io.IOException;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

@Configuration(proxyBeanMethods = false)
class LabConfiguration {

    @Bean
    Terminals terminals() throws IOException {
        return new Terminals();
    }

    /** Sizes are sent as a number of bytes. */
    @Bean
    JsonMapperBuilderCustomizer dataSizesInBytes() {
        return builder -> builder.addModule(new SimpleModule().addSerializer(new DataSizeInBytes()));
    }

    private static final class DataSizeInBytes extends StdSerializer<DataSize> {

        DataSizeInBytes() {
            super(DataSize.class);
        }

        @Override
        public void serialize(DataSize size, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(size.toBytes());
        }
    }
}
