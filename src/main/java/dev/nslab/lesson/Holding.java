package dev.nslab.lesson;

import dev.nslab.namespace.Holder;
import org.jspecify.annotations.Nullable;

/** A {@link Holder} as its JSON has it: one type, in which that is null which the kind does not have. */
record Holding(
        String kind,
        @Nullable Integer pid,
        @Nullable String path,
        @Nullable Integer fd,
        @Nullable Integer tid,
        @Nullable Long inode) {

    static Holding of(Holder holder) {
        return switch (holder) {
            case Holder.Mount mount -> new Holding("mount", mount.pid(), mount.path(), null, null, null);
            case Holder.OpenFile file -> new Holding("fd", file.pid(), null, file.fd(), null, null);
            case Holder.Socket socket -> new Holding("socket", socket.pid(), null, socket.fd(), null, null);
            case Holder.OtherThread thread -> new Holding("thread", thread.pid(), null, null, thread.tid(), null);
            case Holder.Relative relative -> new Holding("namespace", null, null, null, null, relative.inode());
        };
    }
}
