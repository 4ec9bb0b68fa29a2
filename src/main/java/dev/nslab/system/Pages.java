package dev.nslab.system;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class Pages {

    @GetMapping("/")
    String catalogue() {
        return "index";
    }

    @GetMapping("/lab")
    String lab() {
        return "lab";
    }
}
