package dev.sealway.cli.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trading accounts and the credentials that open them. */
final class SampleAccounts {
    private static final int LONG_NOTE = 400;
    private static final int SECRET_BYTES = 32;

    private SampleAccounts() {}

    /** Every second user has one, every tenth a second one. */
    static List<@Nullable String[]> accounts(long user) {
        int count = user % 10 == 0 ? 2 : user % 2 == 0 ? 1 : 0;
        return IntStream.rangeClosed(1, count).mapToObj(no -> account(user, no)).toList();
    }

    private static @Nullable String[] account(long user, int no) {
        Lottery lottery = Lottery.of("trading_accounts", user * 10 + no);
        return new @Nullable String[] {
            String.valueOf(user),
            String.valueOf(no),
            String.format(Locale.ROOT, "AC%010d-%d", user, no),
            iban(user, lottery),
            balance(lottery),
            notes(lottery),
            lottery.one("EUR", "USD", "JPY")
        };
    }

    private static @Nullable String iban(long user, Lottery lottery) {
        if (user == Canaries.IBAN_USER) {
            return Canaries.IBAN;
        }
        return lottery.onceIn(15) ? null : "DE" + lottery.digits(20);
    }

    private static String balance(Lottery lottery) {
        return switch (lottery.below(12)) {
            case 0 -> "0";
            case 1 -> "-0.00000001";
            case 2 -> "0.10000000";
            case 3 -> "9999999999999999.99999999";
            default -> lottery.between(-999_999, 1_000_000_000) + "." + lottery.digits(8);
        };
    }

    private static @Nullable String notes(Lottery lottery) {
        if (lottery.onceIn(250)) {
            return "prefers to be called in the morning; 'urgent' is never urgent 📞\n".repeat(LONG_NOTE);
        }
        return lottery.onceIn(2) ? null : lottery.one("", "risk: low", "asked about \"options\" \\ futures", " ");
    }

    /** Every tenth user has one. */
    static List<@Nullable String[]> credentials(long user) {
        if (user % 10 != 0) {
            return List.of();
        }
        Lottery lottery = Lottery.of("api_credentials", user);
        return List.<@Nullable String[]>of(new @Nullable String[] {
            lottery.uuid().toString(),
            String.valueOf(user),
            "1",
            "key_" + user,
            "\\x" + HexFormat.of().formatHex(lottery.bytes(lottery.onceIn(40) ? 0 : SECRET_BYTES)),
            passphrase(user, lottery),
            lottery.onceIn(3) ? null : "https://hooks.example.com/%d?token=%s".formatted(user, lottery.digits(12)),
            lottery.onceIn(4) ? null : lottery.one("{}", "{10.0.0.1,10.1.0.0/16}", "{NULL,::1}", "{2001:db8::/32}")
        });
    }

    private static @Nullable String passphrase(long user, Lottery lottery) {
        if (user == Canaries.PASSPHRASE_USER) {
            return Canaries.PASSPHRASE;
        }
        return lottery.onceIn(6) ? null : lottery.one(" leading", "correct horse", "пароль", "") + lottery.digits(6);
    }
}
