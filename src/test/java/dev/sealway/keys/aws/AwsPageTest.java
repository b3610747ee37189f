package dev.sealway.keys.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sealway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the policies of {@code docs/how-to/aws.md} to the operations that are asked for. */
class AwsPageTest {

    private static final Pattern POLICY = Pattern.compile("```json\\R(.*?)```", Pattern.DOTALL);

    @Test
    void grantsWhatReadingKeygenAndRotationAskFor() throws IOException {
        assertThat(policies())
                .containsExactly(
                        Set.of("secretsmanager:GetSecretValue", "kms:Decrypt"),
                        Set.of("secretsmanager:CreateSecret", "kms:Encrypt", "kms:Decrypt"),
                        Set.of(
                                "secretsmanager:DescribeSecret",
                                "secretsmanager:GetSecretValue",
                                "secretsmanager:PutSecretValue",
                                "kms:Encrypt",
                                "kms:Decrypt"));
    }

    private static List<Set<String>> policies() throws IOException {
        return POLICY.matcher(Files.readString(Path.of("docs/how-to/aws.md")))
                .results()
                .map((MatchResult block) -> actions((Map<?, ?>) Json.parse(block.group(1))))
                .toList();
    }

    private static Set<String> actions(Map<?, ?> policy) {
        return ((List<?>) policy.get("Statement"))
                .stream()
                        .map(statement -> ((Map<?, ?>) statement).get("Action"))
                        .flatMap(action ->
                                action instanceof Collection<?> many ? many.stream() : List.of(action).stream())
                        .map(String::valueOf)
                        .collect(Collectors.toSet());
    }
}
