package dev.sealway.keys.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class StubbedAwsTest {

    @Test
    void givesItsAnswersInOrderAndTheLastOneForGood() throws Exception {
        try (var aws = new StubbedAws()) {
            aws.fails(400, "ThrottlingException").says(200, "{}");

            assertThat(ask(aws).body()).startsWith("{\"__type\":\"ThrottlingException\"");
            assertThat(ask(aws).body()).isEqualTo("{}");
            assertThat(ask(aws).statusCode()).isEqualTo(200);
            assertThat(aws.asked()).containsExactly("GetSecretValue", "GetSecretValue", "GetSecretValue");
        }
    }

    private static HttpResponse<String> ask(StubbedAws aws) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(aws.settings().get("endpoint")))
                .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
