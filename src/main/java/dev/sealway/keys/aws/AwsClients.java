package dev.sealway.keys.aws;

import dev.sealway.error.SealwayException;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * How AWS is called: the default credential chain, the SDK's standard retries, and an end to every waiting.
 *
 * <p>A client lives as long as one use: bundles are fetched once per process, and nothing is left open behind them.
 *
 * @param attempt after which one attempt is given up
 * @param whole after which all of them are
 */
record AwsClients(Duration attempt, Duration whole, int attempts) {

    static final AwsClients STANDARD = new AwsClients(Duration.ofSeconds(8), Duration.ofSeconds(30), 3);

    /**
     * Opens a client, uses it and closes it.
     *
     * @param told makes the exception that is thrown in place of the SDK's, which may quote what was sent or answered
     */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkAutoCloseable, T> T use(
            B builder, AwsPlace place, Function<C, T> work, Function<AwsProblem, SealwayException> told) {
        Region region = region(place, told);
        try (DefaultCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build()) {
            check(credentials, told);
            builder.region(region)
                    .credentialsProvider(credentials)
                    .overrideConfiguration(patience())
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(attempt)
                            .socketTimeout(attempt));
            place.endpoint().ifPresent(builder::endpointOverride);
            try (C client = builder.build()) {
                return work.apply(client);
            }
        } catch (SdkException e) {
            throw told.apply(AwsProblem.of(e));
        }
    }

    private ClientOverrideConfiguration patience() {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(whole)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .build())
                .build();
    }

    private static Region region(AwsPlace place, Function<AwsProblem, SealwayException> told) {
        try {
            return place.region().map(Region::of).orElseGet(() -> DefaultAwsRegionProviderChain.builder()
                    .build()
                    .getRegion());
        } catch (SdkClientException e) {
            throw told.apply(AwsProblem.noRegion());
        }
    }

    /** Asked for beforehand, because the SDK has one exception for this and for a network that is down. */
    private static void check(DefaultCredentialsProvider credentials, Function<AwsProblem, SealwayException> told) {
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw told.apply(AwsProblem.noCredentials());
        }
    }
}
