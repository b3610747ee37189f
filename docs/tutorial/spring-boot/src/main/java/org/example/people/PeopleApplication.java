package org.example.people;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class PeopleApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(PeopleApplication.class, arguments);
    }
}
