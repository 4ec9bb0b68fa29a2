/** What a sandbox is made of: the directives by which the helper builds it, its files, accounts, ids and programs. */
@NullMarked
package dev.nslab.sandbox.spec;

import org.jspecify.annotations.NullMarked;
