package dev.nslab.linux;

/**
 * Who this process is.
 *
 * @param name of the user, as the system's list of users has it
 */
public record Credentials(String name, int uid, int gid) {
    public static Credentials ofThisProcess() {
        return new Credentials(System.getProperty("user.name"), Libc.geteuid(), Libc.getegid());
    }
}
