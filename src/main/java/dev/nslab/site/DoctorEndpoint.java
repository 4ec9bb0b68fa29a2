package dev.nslab.site;

import dev.nslab.doctor.DoctorCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What {@code ./lab doctor} says, but about the running server: {@code /actuator/doctor}, for operators. */
@Component
@WebEndpoint(id = "doctor")
class DoctorEndpoint {

    private final Checkup checkup;
    private final MessageSource messages;

    DoctorEndpoint(Checkup checkup, MessageSource messages) {
        this.checkup = checkup;
        this.messages = messages;
    }

    @ReadOperation(produces = "text/plain;charset=UTF-8")
    String diagnosis() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        DoctorCommand.print(
                checkup.diagnosis(), Locale.ENGLISH, messages, new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
