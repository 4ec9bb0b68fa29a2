package dev.nslab.account;

/** Who sent a request. Two requests come from the same caller exactly if these are equal. */
public sealed interface Caller permits Learner, Stranger {}
