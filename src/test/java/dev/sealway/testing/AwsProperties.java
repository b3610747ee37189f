package dev.sealway.testing;

import java.util.Map;

/** What the AWS SDK's default chains find during a test: credentials that no account has, and nothing of this machine. */
public final class AwsProperties {

    private static final Map<String, String> ALL = Map.of(
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test",
            "aws.disableEc2Metadata", "true",
            "aws.configFile", "target/no-such-file",
            "aws.sharedCredentialsFile", "target/no-such-file");

    private AwsProperties() {}

    public static void set() {
        ALL.forEach(System::setProperty);
    }

    /** As on a machine that nobody gave credentials. */
    public static void setWithoutCredentials() {
        set();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    public static void clear() {
        ALL.keySet().forEach(System::clearProperty);
    }
}
