package dev.nslab.account;

/** Shows a cookie that this server did not give. All strangers are one: they own nothing and share the limits of one caller. */
public record Stranger() implements Caller {}
