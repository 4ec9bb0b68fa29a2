package dev.nslab.namespace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What keeps a namespace alive besides the processes in it. PIDs are those of the sandbox's first PID namespace. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Holder.Mount.class, name = "mount"),
    @JsonSubTypes.Type(value = Holder.OpenFile.class, name = "fd"),
    @JsonSubTypes.Type(value = Holder.Socket.class, name = "socket"),
    @JsonSubTypes.Type(value = Holder.OtherThread.class, name = "thread"),
    @JsonSubTypes.Type(value = Holder.Relative.class, name = "namespace")
})
public sealed interface Holder {

    /** A bind mount of its file, in the mount namespace of that process and at that path from its root. */
    record Mount(int pid, String path) implements Holder {}

    /** An open file descriptor. */
    record OpenFile(int pid, int fd) implements Holder {}

    /** A socket of a network namespace that its process is not in. */
    record Socket(int pid, int fd) implements Holder {}

    /** A thread that is in it, while the first thread of its process is not. */
    record OtherThread(int pid, int tid) implements Holder {}

    /** Another namespace, of which this one is the parent or owner. */
    record Relative(long inode) implements Holder {}
}
