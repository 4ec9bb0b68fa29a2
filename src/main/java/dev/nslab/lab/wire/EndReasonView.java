package dev.nslab.lab.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nslab.sandbox.EndReason;
import dev.nslab.web.WireCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a sandbox ended, as clients receive it. The words are theirs.
 *
 * @param code of {@link EndReason.Code}: "idle"
 * @param seconds for "idle", how long nobody used it; for "lifetime", how long it could live
 * @param offence for "watchdog", an {@link dev.nslab.sandbox.Offence}: "loop"
 * @param detail for "reset-failed", in English: what failed, and what an operator can do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndReasonView(
        String code,
        @Nullable Long seconds,
        @Nullable String offence,
        @Nullable String detail) {

    public static EndReasonView of(EndReason why) {
        return new EndReasonView(
                WireCode.of(why.code()),
                why.time() == null ? null : why.time().toSeconds(),
                why.offence() == null ? null : WireCode.of(why.offence()),
                why.detail());
    }
}
