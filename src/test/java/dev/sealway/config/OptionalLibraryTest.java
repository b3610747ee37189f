package dev.sealway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sealway.testing.AwsProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionalLibraryTest {

    @BeforeEach
    void giveCredentials() {
        AwsProperties.set();
    }

    @AfterEach
    void takeThemBack() {
        AwsProperties.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "software.amazon.awssdk., 'keys: { provider: aws-secrets-manager, ref: r, region: us-east-1 }',"
                + " 'aws-secrets-manager needs software.amazon.awssdk:secretsmanager and url-connection-client'",
        "software.amazon.awssdk.services.secretsmanager., 'keys: { provider: aws-secrets-manager, ref: r, region: us-east-1 }',"
                + " 'aws-secrets-manager needs software.amazon.awssdk:secretsmanager and url-connection-client'",
        "software.amazon.awssdk.http.urlconnection., 'keys: { provider: aws-secrets-manager, ref: r, region: us-east-1 }',"
                + " 'aws-secrets-manager needs software.amazon.awssdk:secretsmanager and url-connection-client'",
        "io.github.jopenlibs., 'keys: { provider: vault-kv, ref: r, address: \"http://127.0.0.1:1\", token-file: none }',"
                + " 'vault-kv needs io.github.jopenlibs:vault-java-driver'",
        "software.amazon.awssdk., 'keys: { provider: file, ref: r, kek: { kind: aws-kms, key: k, region: us-east-1 } }',"
                + " 'aws-kms needs software.amazon.awssdk:kms and url-connection-client'",
        "software.amazon.awssdk.services.kms., 'keys: { provider: file, ref: r, kek: { kind: aws-kms, key: k, region: us-east-1 } }',"
                + " 'aws-kms needs software.amazon.awssdk:kms and url-connection-client'"
    })
    void namesTheLibraryThatIsMissing(String library, String keys, String message) throws Exception {
        assertThat(failureWithout(library, keys))
                .hasMessageEndingWith(
                        "%s on the class path; add it there, or run the command line, which has it".formatted(message));
    }

    @Test
    void leavesOtherErrorsAlone() {
        assertThatExceptionOfType(NoClassDefFoundError.class)
                .isThrownBy(() -> OptionalLibrary.use("file", () -> {
                    throw new NoClassDefFoundError("dev/example/Other");
                }));
    }

    /** What making keys in this place says in a JVM that lacks a library. */
    private static Throwable failureWithout(String library, String keys) throws ReflectiveOperationException {
        ClassLoader lacking = new Lacking(library);
        Object plan = lacking.loadClass("dev.sealway.config.PlanTexts")
                .getMethod("plan", String.class, String.class)
                .invoke(
                        null,
                        "sealway: 1\nname: shop\n%s\ntables: { public.t: { columns: { c: {} } } }".formatted(keys),
                        "a test");
        try {
            lacking.loadClass("dev.sealway.config.Keygen")
                    .getMethod("to", plan.getClass(), Map.class, String.class, String.class)
                    .invoke(null, plan, Map.of(), "shop", "AES256_GCM");
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
        throw new AssertionError("should have failed");
    }

    /** Sealway once more, with the libraries that it has here but for one. */
    private static final class Lacking extends ClassLoader {

        private final String library;

        private Lacking(String library) {
            super(OptionalLibraryTest.class.getClassLoader());
            this.library = library;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(library)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.sealway.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream("%s.class".formatted(name.replace('.', '/')))) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
