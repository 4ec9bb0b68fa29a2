package dev.nslab.lesson;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of facts that most expressions do not ask for: made when one does, and once. */
final class LaterList extends AbstractList<Object> implements RandomAccess {

    private final List<?> facts;
    private final Function<Object, Object> value;
    private volatile @Nullable List<Object> values;

    /** @param facts that do not change */
    LaterList(List<?> facts, Function<Object, Object> value) {
        this.facts = facts;
        this.value = value;
    }

    @Override
    public int size() {
        return facts.size();
    }

    @Override
    public Object get(int index) {
        List<Object> made = values;
        if (made == null) {
            made = facts.stream().<Object>map(value).toList();
            values = made;
        }
        return made.get(index);
    }
}
