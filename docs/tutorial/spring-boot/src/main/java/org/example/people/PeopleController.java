package org.example.people;

import dev.sealway.application.Migration;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PeopleController {

    private final People people;
    private final Migration migration;

    PeopleController(People people, Migration migration) {
        this.people = people;
        this.migration = migration;
    }

    @PutMapping("/people/{id}")
    void put(@PathVariable long id, @RequestParam String email, @RequestParam BigDecimal balance) throws SQLException {
        people.save(new People.Person(id, email, balance));
    }

    @GetMapping("/people/{id}")
    ResponseEntity<String> get(@PathVariable long id) throws SQLException {
        return ResponseEntity.of(people.person(id).map(p -> "%s %s".formatted(p.email(), p.balance())));
    }

    @GetMapping("/people")
    List<Long> find(@RequestParam String email) throws SQLException {
        return people.withEmail(email);
    }

    // example:health
    @GetMapping("/health/sealway")
    Map<String, Object> health() {
        return migration.health().details();
    }
    // end:health
}
