package dev.nslab.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A reader over the bytes of a file in /proc, which mixes the kernel's ASCII with text that processes chose: bytes are
 * parsed as they are, and only what is shown becomes a string (invalid UTF-8 as U+FFFD).
 */
final class ProcText {

    private final byte[] bytes;
    private final int length;
    private int position;

    ProcText(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static ProcText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ProcText(bytes, bytes.length);
    }

    int length() {
        return length;
    }

    boolean hasMore() {
        return position < length;
    }

    int indexOf(char wanted) {
        return indexOf(wanted, 0);
    }

    int lastIndexOf(char wanted) {
        int index = length - 1;
        while (index >= 0 && bytes[index] != wanted) {
            index--;
        }
        return index;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    void seek(int newPosition) {
        position = newPosition;
    }

    /** True, and past the prefix, if it comes next. */
    boolean skip(String prefix) {
        if (length - position < prefix.length()) {
            return false;
        }
        for (int index = 0; index < prefix.length(); index++) {
            if (bytes[position + index] != prefix.charAt(index)) {
                return false;
            }
        }
        position += prefix.length();
        return true;
    }

    void skipLine() {
        skipPast('\n');
    }

    void skipWords(int count) {
        for (int skipped = 0; skipped < count; skipped++) {
            skipBlanks();
            skipWord();
        }
    }

    /** The text up to the separator, or all that is left; goes past the separator. */
    String until(char separator) {
        int from = position;
        return text(from, skipPast(separator));
    }

    /** The next word of the line, empty at its end. */
    String word() {
        skipBlanks();
        int from = position;
        skipWord();
        return text(from, position);
    }

    /** The text up to the next blank or the end of the line, which may be empty; goes past the blank. */
    String field() {
        int from = position;
        while (hasMore() && bytes[position] != ' ' && bytes[position] != '\n') {
            position++;
        }
        int to = position;
        if (hasMore() && bytes[position] == ' ') {
            position++;
        }
        return text(from, to);
    }

    /** The next number of the line. If there is none, 0, and the position stays where it is. */
    long number() {
        skipBlanks();
        boolean negative = skip("-");
        long value = 0;
        while (atDigit()) {
            value = value * 10 + (bytes[position++] - '0');
        }
        return negative ? -value : value;
    }

    /** The next word of the line as a hexadecimal number of at most 64 bits; 0 where it is none. */
    long hexadecimal() {
        skipBlanks();
        long value = 0;
        for (int digit = digit(); digit >= 0; digit = digit()) {
            value = value << 4 | digit;
            position++;
        }
        return value;
    }

    private int digit() {
        return hasMore() ? Character.digit(bytes[position], 16) : -1;
    }

    /** The numbers that come next in the line. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>(2);
        skipBlanks();
        while (atDigit()) {
            numbers.add((int) number());
            skipBlanks();
        }
        return numbers;
    }

    boolean equalsBytes(ProcText other) {
        return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    private void skipWord() {
        while (hasMore() && !isSpace(bytes[position])) {
            position++;
        }
    }

    private boolean atDigit() {
        return hasMore() && bytes[position] >= '0' && bytes[position] <= '9';
    }

    private void skipBlanks() {
        while (hasMore() && (bytes[position] == ' ' || bytes[position] == '\t')) {
            position++;
        }
    }

    /** Goes past the next such byte; the index of it, or the length. */
    private int skipPast(char wanted) {
        int index = indexOf(wanted, position);
        int end = index < 0 ? length : index;
        position = Math.min(end + 1, length);
        return end;
    }

    private int indexOf(char wanted, int from) {
        for (int index = from; index < length; index++) {
            if (bytes[index] == wanted) {
                return index;
            }
        }
        return -1;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\n';
    }
}
