package dev.nslab.site;

import dev.nslab.exposure.ServerExposure;
import dev.nslab.progress.Lessons;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

@Controller
class Pages {

    private final Lessons lessons;
    private final ServerExposure exposure;

    Pages(Lessons lessons, ServerExposure exposure) {
        this.lessons = lessons;
        this.exposure = exposure;
    }

    @GetMapping("/")
    String catalogue(Model model) {
        model.addAttribute("doctor", exposure.isForOnePerson());
        return "index";
    }

    @GetMapping("/lessons/{lesson}")
    String lesson(@PathVariable String lesson, Model model) {
        if (!lessons.has(lesson)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        model.addAttribute("lesson", lesson);
        return "lab";
    }

    @GetMapping("/lab")
    String lab() {
        return "lab";
    }
}
