/**
 * What surrounds the lab: who may reach it from where, pages, errors, and what the machine lacks. Used by nobody.
 */
@NullMarked
package dev.nslab.system;

import org.jspecify.annotations.NullMarked;
