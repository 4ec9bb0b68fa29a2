package dev.nslab;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NslabApplication {

    public static void main(String[] args) {
        SpringApplication.run(NslabApplication.class, args);
    }
}
